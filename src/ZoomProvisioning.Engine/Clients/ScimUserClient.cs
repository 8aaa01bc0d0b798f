using System;
using System.Collections;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>Zoom's five user operations (sheet sections 2 to 4).</summary>
internal sealed class ScimUserClient : IScimUserClient, IDisposable
{
    // About five seconds in all (sheet section 10, row 44).
    private static readonly TimeSpan[] WaitsForNewUser = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3)];

    private readonly EngineOptions _options;
    private readonly ScimSender _sender;
    private readonly UserWrites _writes = new();
    private readonly RecentlyCreated _created;
    private readonly ScimList _list;
    private readonly LostCreate<ScimUser> _lostCreate;

    // Learned once: whether the server wants the schema of the RFC in a PATCH instead of the one Zoom documents.
    private volatile bool _patchBySpecification;

    public ScimUserClient(EngineOptions options, ScimSender sender)
    {
        _options = options;
        _sender = sender;
        _created = new RecentlyCreated(options.Clock);
        _list = new ScimList(sender, "Users");
        _lostCreate = new LostCreate<ScimUser>(
            options, "user", name => $"Get-ZoomScimUser -UserName {name}", SendCreateAsync, LookUpAsync, user => user.Created);
    }

    public Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) =>
        _list.ReadAsync(startIndex, count, filter, user => new ScimUser(user, UserDetail.Listed), call);

    public async Task<ScimUser> GetAsync(string id, ScimCall call)
    {
        var request = new ScimRequest("GET", PathOf(id), RateLabel.Light);
        var reply = await _sender.SendAsync(request, call).ConfigureAwait(false);
        for (var wait = 0; reply.Status == 404 && wait < WaitsForNewUser.Length && _created.Contains(id); wait++)
        {
            await Waiting.ForAsync(
                _options.Clock,
                WaitsForNewUser[wait],
                "Zoom does not show the user yet that it has just created",
                call).ConfigureAwait(false);
            reply = await _sender.SendAsync(request, call).ConfigureAwait(false);
        }

        return reply.IsSuccess
            ? new ScimUser(_sender.IdentifiedResource(request, reply), UserDetail.Read)
            : throw _sender.Failure(request, reply);
    }

    public async Task<ScimUser> CreateAsync(ScimObject body, ScimCall call)
    {
        var userName = body.Text("userName");
        if (string.IsNullOrWhiteSpace(userName))
        {
            throw new ArgumentException("A user to be created needs a userName.", nameof(body));
        }

        using var turn = await _writes.EnterAsync("new:" + userName!.ToUpperInvariant(), call).ConfigureAwait(false);
        var user = await _lostCreate.CreateAsync(userName, ScimSchemas.Naming(body), call).ConfigureAwait(false);
        if (user.Id is { } id)
        {
            _created.Add(id);
        }

        return user;
    }

    public async Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call)
    {
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        return await WriteAsync(id, new ScimRequest("PUT", PathOf(id), RateLabel.Light) { Body = ScimSchemas.Naming(body) }, call).ConfigureAwait(false);
    }

    public async Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call)
    {
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        if (_patchBySpecification)
        {
            return await PatchActiveAsync(id, active, ScimSchemas.PatchOp, call).ConfigureAwait(false);
        }

        try
        {
            // Zoom's own example to the letter, its odd schema included.
            return await PatchActiveAsync(id, active, ScimSchemas.ListResponse, call).ConfigureAwait(false);
        }
        catch (ScimBadRequestException refusal) when (refusal.Status == 400 && refusal.ErrorId == "Zoom.Request.Refused")
        {
            // Words Zoom is not known to use: a server that wants the schema of RFC 7644 section 3.5.2 (sheet section 10, row 17).
            var user = await PatchActiveAsync(id, active, ScimSchemas.PatchOp, call).ConfigureAwait(false);
            _patchBySpecification = true;
            return user;
        }
    }

    public async Task DeleteAsync(string id, ScimCall call)
    {
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        var request = new ScimRequest("DELETE", PathOf(id), RateLabel.Light);
        var reply = await _sender.SendAsync(request, call).ConfigureAwait(false);

        // A repeated delete finds nobody when the first one, whose reply was lost, had been carried out.
        if (!reply.IsSuccess && !(reply.Status == 404 && reply.OutcomeOpen))
        {
            throw _sender.Failure(request, reply);
        }

        _created.Remove(id);
    }

    public void Dispose() => _writes.Dispose();

    private Task<CreateReply<ScimUser>> SendCreateAsync(ScimObject body, ScimCall call) => _sender.SendCreateAsync(
        new ScimRequest("POST", "/Users", RateLabel.Light) { Body = body, RepeatFreely = false },
        user => new ScimUser(user, UserDetail.Created),
        call);

    private async Task<ScimUser?> LookUpAsync(string userName, ScimCall call)
    {
        var page = await ListAsync(1, 2, ScimFilter.UserName(userName), call).ConfigureAwait(false);
        var match = page.Resources.FirstOrDefault(user => string.Equals(user.UserName, userName, StringComparison.OrdinalIgnoreCase));
        return match?.Id is { } id ? await GetAsync(id, call).ConfigureAwait(false) : null;
    }

    /// <summary>
    /// Sends a PUT or PATCH. A server that answers with no body (RFC 7644 section 3.5.2 allows it) is asked for the user, and so
    /// is one whose yes is cut short: the change was made, and what it came to is for a read to say.
    /// </summary>
    private async Task<ScimUser> WriteAsync(string id, ScimRequest request, ScimCall call)
    {
        var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        if (reply.IsEmpty || (reply.ClaimsJson && !ScimJsonReader.IsWhole(reply.Json)))
        {
            return await GetAsync(id, call).ConfigureAwait(false);
        }

        var user = _sender.Resource(request, reply);
        if (!ScimSender.HasId(user))
        {
            // It was done; whose reply it is, we know.
            user["id"] = id;
        }

        return new ScimUser(user, UserDetail.Updated);
    }

    /// <summary>The one PATCH Zoom has. "operations" in lower case is refused (sheet 4.3).</summary>
    private Task<ScimUser> PatchActiveAsync(string id, bool active, string schema, ScimCall call)
    {
        var body = new ScimObject
        {
            ["schemas"] = new ArrayList { schema },
            ["Operations"] = new ArrayList
            {
                new ScimObject { ["op"] = "replace", ["value"] = new ScimObject { ["active"] = active } },
            },
        };
        return WriteAsync(id, new ScimRequest("PATCH", PathOf(id), RateLabel.Light) { Body = body }, call);
    }

    private static string PathOf(string id) => "/Users/" + ScimAddress.Segment(id);
}
