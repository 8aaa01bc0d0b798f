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
/// only the mail and refuses inactive users, deactivation takes the licence. FakeAccountTests of the engine's tests hold it
/// against the simulator.
/// </summary>
internal sealed class FakeZoom : IScimService, IScimUserClient
{
    private readonly object _gate = new();
    private readonly List<ScimObject> _users = [];
    private readonly List<Sent> _sent = [];
    private int _lastId;

    public FakeZoom() => Groups = new FakeGroups(id => State.Any(u => u.Text("id") == id));

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

    public IReadOnlyList<ConnectionTestStep> TestSteps { get; set; } = [];

    public IScimUserClient Users => this;

    public FakeGroups Groups { get; }

    IScimGroupClient IScimService.Groups => Groups;

    public RateSnapshot Rate { get; set; } = new(10, TimeSpan.FromMilliseconds(50), 0, TimeSpan.Zero);

    public System.TimeSpan? ClockAhead { get; set; }

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
            var user = new ScimUser { UserName = userName, Email = userName, Active = true, UserType = "Basic", Roles = new[] { "Member" } };
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

            if (PendingOrForeign.Contains(userName) || IsUser(userName))
            {
                throw Refusal(400, $"The email \"{userName}\" is already in use.");
            }

            var blank = new ScimObject { ["schemas"] = new ArrayList { ScimSchemas.User }, ["id"] = NextId(), ["userName"] = userName };
            var user = new ScimUser(blank, UserDetail.None)
            {
                Email = userName,
                Active = true,
                UserType = "Basic",
                Roles = new[] { "Member" },
            };
            FakeMerge.Apply(user, body, IsUser, new HashSet<string>());
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
            if (wanted.Email is { Length: > 0 } email && email != user.UserName)
            {
                if (!Same(email, user.UserName) && FakeMerge.IsAdmin(user))
                {
                    throw Refusal(400, "Cannot change the email of Admin user.");
                }

                if (!Same(email, user.UserName) && (PendingOrForeign.Contains(email) || IsUser(email)))
                {
                    throw Refusal(409, $"Email ''{email}'' has already been used.");
                }

                user.UserName = email;
                user.Email = email;
            }

            if (wanted.Active == false)
            {
                RefuseAdmin(user);
            }

            FakeMerge.Apply(user, body, IsUser, Ignored);
            if (wanted.Active == false)
            {
                Deactivate(user);
            }

            return Updated(user.Attributes);
        });
    }

    public async Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call)
    {
        await Task.Yield();
        return Carry(new Sent("PATCH", $"{id} {(active ? "active" : "inactive")}"), call, () =>
        {
            var user = new ScimUser(Find(id), UserDetail.None);
            RefuseAdmin(user);
            user.Active = active;
            if (!active)
            {
                Deactivate(user);
            }

            return Updated(user.Attributes);
        });
    }

    public async Task DeleteAsync(string id, ScimCall call)
    {
        await Task.Yield();
        Carry(new Sent("DELETE", id), call, () =>
        {
            var user = Find(id);
            if (FakeMerge.IsAdmin(new ScimUser(user, UserDetail.None)))
            {
                throw Refusal(400, "Cannot delete Admin user.");
            }

            return _users.Remove(user);
        });
    }

    public void Dispose()
    {
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // Licences go with the access; the profile and what Zoom's account has added of its own stay.
    private static void Deactivate(ScimUser user)
    {
        user.Active = false;
        user.UserType = "Basic";
        RemoveExtension(user.Attributes, n => ZoomExtension.IsKnown(n) && n is not ("personalLinkName" or "transferee" or "pronouns"));
    }

    private static void RefuseAdmin(ScimUser user)
    {
        if (FakeMerge.IsAdmin(user))
        {
            throw Refusal(400, "Cannot activate or deactivate Zoom Room and Admin users.");
        }
    }

    private static ScimUser Listed(ScimObject user)
    {
        var copy = user.DeepCopy();
        foreach (var name in copy.Names.Where(n => n is "title" or "locale" or "phoneNumbers" or "roles" or "groups" or ScimSchemas.ZoomUser))
        {
            copy.Remove(name);
        }

        foreach (var name in new[] { "organization", "costCenter", "employeeNumber", "manager" })
        {
            copy.Complex(ScimSchemas.EnterpriseUser)?.Remove(name);
        }

        return new ScimUser(copy, UserDetail.Listed);
    }

    private static ScimUser Read(ScimObject user)
    {
        var copy = user.DeepCopy();
        copy.Remove("title");
        copy.Remove("locale");
        if (copy["roles"] is ArrayList { Count: > 0 } roles)
        {
            // Of several only the first one is told.
            copy["roles"] = roles[0];
        }

        return Told(copy, UserDetail.Read);
    }

    private static ScimUser Created(ScimObject user) => Told(user.DeepCopy(), UserDetail.Created);

    // Of the extension each reply tells what it tells (fact sheet 3.6). A custom attribute is told by writes only.
    private static ScimUser Told(ScimObject copy, UserDetail detail)
    {
        RemoveExtension(copy, n => ZoomExtension.IsKnown(n) ? !ZoomExtension.Attribute(n).ToldBy.Contains(detail) : detail == UserDetail.Read);
        return new ScimUser(copy, detail);
    }

    private static void RemoveExtension(ScimObject user, Func<string, bool> which)
    {
        if (user.Complex(ScimSchemas.ZoomUser) is { } extension)
        {
            extension.Names.Where(which).ToList().ForEach(n => extension.Remove(n));
        }
    }

    private static ScimUser Updated(ScimObject user)
    {
        var copy = user.DeepCopy();
        foreach (var name in new[] { "costCenter", "employeeNumber", "manager" })
        {
            copy.Complex(ScimSchemas.EnterpriseUser)?.Remove(name);
        }

        return Told(copy, UserDetail.Updated);
    }

    private bool IsUser(string address) => _users.Any(u => Same(u.Text("userName"), address));

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
