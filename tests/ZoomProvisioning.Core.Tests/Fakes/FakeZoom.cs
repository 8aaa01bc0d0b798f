using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Tests;

/// <summary>A request that reached the fake account.</summary>
internal sealed record Sent(string Method, string Target, ScimObject? Body = null)
{
    public bool IsWrite => Method != "GET" && Method != "LIST";

    public override string ToString() => $"{Method} {Target}";
}

/// <summary>
/// A Zoom account in memory, with the quirks of the fact sheet (sections 2 to 4): a list tells little, a read tells neither
/// title nor locale and gives roles as one object, POST reads userName only and creates everybody active, PUT merges, reads
/// only the mail and refuses inactive users, deactivation takes the licence.
/// </summary>
internal sealed class FakeZoom : IScimService, IScimUserClient
{
    private readonly object _gate = new();
    private readonly List<ScimObject> _users = [];
    private readonly List<Sent> _sent = [];
    private int _lastId;

    /// <summary>Addresses of pending invitations and of other accounts' users.</summary>
    public HashSet<string> PendingOrForeign { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks at a request before it is carried out; may throw.</summary>
    public Action<Sent>? Before { get; set; }

    /// <summary>Looks at a request after it was carried out and before the reply is read; may throw.</summary>
    public Action<Sent>? After { get; set; }

    /// <summary>Replaces the answer to a list request.</summary>
    public Func<int, int, ScimFilter?, ScimPage<ScimUser>>? ListAnswer { get; set; }

    /// <summary>Attributes that a PUT accepts and ignores.</summary>
    public HashSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a deactivation takes plans and add-ons too, as Zoom's does.</summary>
    public bool TakesLicences { get; set; }

    public IReadOnlyList<ConnectionTestStep> TestSteps { get; set; } = [];

    public IScimUserClient Users => this;

    public FakeGroups Groups { get; } = new();

    IScimGroupClient IScimService.Groups => Groups;

    public RateSnapshot Rate { get; set; } = new(10, TimeSpan.FromMilliseconds(50), 0, TimeSpan.Zero);

    public IReadOnlyList<string> Scopes { get; } = ["scim2:admin"];

    public IReadOnlyList<Sent> All
    {
        get
        {
            lock (_gate)
            {
                return _sent.ToList();
            }
        }
    }

    public IReadOnlyList<Sent> Writes => All.Where(s => s.IsWrite).ToList();

    /// <summary>The whole truth about every user.</summary>
    public IReadOnlyList<ScimObject> State
    {
        get
        {
            lock (_gate)
            {
                return _users.Select(u => u.DeepCopy()).ToList();
            }
        }
    }

    public static ScimException Refusal(int status, string text) => ZoomErrorCatalog.ToException(new ZoomErrorReply { Status = status, Text = text });

    /// <summary>Puts a user into the account; returns its id.</summary>
    public string Add(string userName, Action<ScimUser>? more = null)
    {
        lock (_gate)
        {
            var user = new ScimUser { UserName = userName, Email = userName, Active = true, UserType = "Basic" };
            more?.Invoke(user);
            var name = $"{user.GivenName} {user.FamilyName}".Trim();
            user.DisplayName ??= name.Length > 0 ? name : userName;
            user.Attributes["id"] ??= NextId();
            _users.Add(user.Attributes);
            return user.Id!;
        }
    }

    public ScimObject Get(string userName)
    {
        lock (_gate)
        {
            return _users.Single(u => Same(u.Text("userName"), userName)).DeepCopy();
        }
    }

    public bool Exists(string userName)
    {
        lock (_gate)
        {
            return _users.Any(u => Same(u.Text("userName"), userName));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _sent.Clear();
        }
    }

    public Task<IReadOnlyList<ConnectionTestStep>> TestAsync(ScimCall call) => Task.FromResult(TestSteps);

    public async Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("LIST", filter?.ToString() ?? string.Format(CultureInfo.InvariantCulture, "{0}+{1}", startIndex, count)), call, () =>
        {
            if (ListAnswer is { } answer)
            {
                return answer(startIndex, count, filter);
            }

            if (filter is { Attribute: "userName" } && PendingOrForeign.Contains(filter.Value))
            {
                throw Refusal(400, $"User {filter.Value} not exist or not belong to this account.");
            }

            var matching = _users.Where(u => filter is null
                || (filter.Attribute == "userName" ? Same(u.Text("userName"), filter.Value) : u.Text("id") == filter.Value)).ToList();
            var page = matching.Skip(startIndex - 1).Take(count).Select(u => Listed(u)).ToList();
            return new ScimPage<ScimUser>(page, matching.Count, startIndex);
        });
    }

    public async Task<ScimUser> GetAsync(string id, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("GET", id), call, () => Read(Find(id)));
    }

    public async Task<ScimUser> CreateAsync(ScimObject body, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("POST", body.Text("userName") ?? string.Empty, body.DeepCopy()), call, () =>
        {
            if (body.Text("userName") is not { } userName || userName.IndexOf('@') < 1)
            {
                throw Refusal(400, "The \"userName\" of the request is invalid.");
            }

            if (PendingOrForeign.Contains(userName) || _users.Any(u => Same(u.Text("userName"), userName)))
            {
                throw Refusal(400, $"The email \"{userName}\" is already in use.");
            }

            var user = new ScimUser(new ScimObject { ["schemas"] = new ArrayList { ScimSchemas.User }, ["id"] = NextId() }, UserDetail.None);
            Merge(user.Attributes, body, "schemas", "id", "emails", "active");
            user.Email = userName;
            user.Active = true;
            user.UserType ??= "Basic";
            var name = $"{user.GivenName} {user.FamilyName}".Trim();
            user.DisplayName ??= name.Length > 0 ? name : userName;
            _users.Add(user.Attributes);
            return Created(user.Attributes);
        });
    }

    public async Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("PUT", id, body.DeepCopy()), call, () =>
        {
            var user = new ScimUser(Find(id), UserDetail.None);
            if (user.Active == false)
            {
                throw Refusal(400, "User is inactive or locked.");
            }

            var wanted = new ScimUser(body, UserDetail.None);
            if (wanted.Email is { } email)
            {
                if (_users.Any(u => u.Text("id") != id && Same(u.Text("userName"), email)))
                {
                    throw Refusal(409, $"Email ''{email}'' has already been used.");
                }

                user.UserName = email;
                user.Email = email;
            }

            Merge(user.Attributes, body, ["schemas", "id", "emails", "userName", "active", .. Ignored]);
            return Updated(user.Attributes);
        });
    }

    public async Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("PATCH", $"{id} {(active ? "active" : "inactive")}"), call, () =>
        {
            var user = new ScimUser(Find(id), UserDetail.None) { Active = active };
            if (!active)
            {
                user.UserType = "Basic";
                foreach (var name in TakesLicences
                    ? ZoomExtension.Known.Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag).Select(a => a.Name)
                    : [])
                {
                    user.Attributes.Complex(ScimSchemas.ZoomUser)?.Remove(name);
                }
            }

            return Updated(user.Attributes);
        });
    }

    public async Task DeleteAsync(string id, ScimCall call)
    {
        await Task.Yield();
        Carry(new Sent("DELETE", id), call, () => _users.Remove(Find(id)));
    }

    public void Dispose()
    {
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static void Merge(ScimObject into, ScimObject from, params string[] except)
    {
        foreach (var name in from.Names.Where(n => !except.Contains(n, StringComparer.OrdinalIgnoreCase)))
        {
            if (from[name] is ScimObject complex)
            {
                Merge(into.ComplexOrNew(name), complex, except);
            }
            else
            {
                into[name] = from[name] is ArrayList list ? new ScimObject { ["x"] = list }.DeepCopy()["x"] : from[name];
            }
        }
    }

    private static ScimUser Listed(ScimObject user)
    {
        var copy = user.DeepCopy();
        foreach (var name in copy.Names.Where(n => n is "title" or "locale" or "phoneNumbers" or "roles" or "groups" or ScimSchemas.ZoomUser))
        {
            copy.Remove(name);
        }

        copy.Complex(ScimSchemas.EnterpriseUser)?.Remove("organization");
        return new ScimUser(copy, UserDetail.Listed);
    }

    private static ScimUser Read(ScimObject user)
    {
        var copy = user.DeepCopy();
        copy.Remove("title");
        copy.Remove("locale");
        if (copy["roles"] is ArrayList { Count: 1 } roles)
        {
            copy["roles"] = roles[0];
        }

        return new ScimUser(copy, UserDetail.Read);
    }

    private static ScimUser Created(ScimObject user) => new(user.DeepCopy(), UserDetail.Created);

    private static ScimUser Updated(ScimObject user)
    {
        var copy = user.DeepCopy();
        foreach (var name in new[] { "costCenter", "employeeNumber", "manager" })
        {
            copy.Complex(ScimSchemas.EnterpriseUser)?.Remove(name);
        }

        return new ScimUser(copy, UserDetail.Updated);
    }

    private ScimObject Find(string id) => _users.FirstOrDefault(u => u.Text("id") == id) ?? throw Refusal(404, "User does not exist.");

    // Ids with the characters that need escaping in a path.
    private string NextId() => $"id&{(++_lastId).ToString("0000", CultureInfo.InvariantCulture)}/-_+=";

    private T Carry<T>(Sent sent, ScimCall call, Func<T> act)
    {
        if (call.Stop.IsCancellationRequested)
        {
            throw new ScimNotSentException("stopped");
        }

        lock (_gate)
        {
            _sent.Add(sent);
        }

        Before?.Invoke(sent);
        T result;
        lock (_gate)
        {
            result = act();
        }

        After?.Invoke(sent);
        return result;
    }
}
