using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>Zoom's five group operations (sheet section 6), and the members by its v2 API.</summary>
internal sealed class ScimGroupClient : IScimGroupClient, IDisposable
{
    // Zoom's v2 API adds at most 30 members at a time; nobody knows what SCIM takes (sheet 6.2).
    private const int MembersPerRequest = 30;
    private const int MembersPerPage = 300;
    private const string EmailAliasKey = ScimSchemas.ZoomGroup + ":emailAlias";

    private readonly ScimSender _sender;
    private readonly ScimList _list;
    private readonly LostCreate<ScimGroup> _lostCreate;
    private readonly UserWrites _writes = new();

    public ScimGroupClient(EngineOptions options, ScimSender sender)
    {
        _sender = sender;
        _list = new ScimList(sender, "Groups");
        _lostCreate = new LostCreate<ScimGroup>(options, "group", name => $"Get-ZoomScimGroup -Identity '{name}'", SendCreateAsync, LookUpAsync, _ => null);
    }

    public Task<ScimPage<ScimGroup>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) =>
        _list.ReadAsync(startIndex, count, filter, group => new ScimGroup(group), call);

    public async Task<ScimGroup> GetAsync(string id, ScimCall call)
    {
        var request = new ScimRequest("GET", PathOf(id), RateLabel.Light) { Resource = "Groups" };
        var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        return new ScimGroup(_sender.Resource(request, reply));
    }

    public async Task<ScimGroup> CreateAsync(string displayName, string? emailAlias, ScimCall call)
    {
        if (string.IsNullOrWhiteSpace(displayName))
        {
            throw new ArgumentException("A group to be created needs a name.", nameof(displayName));
        }

        var schemas = new ArrayList { ScimSchemas.Group };
        var body = new ScimObject { ["schemas"] = schemas, ["displayName"] = displayName };
        if (emailAlias is not null)
        {
            schemas.Add(ScimSchemas.ZoomGroup);
            body[ScimSchemas.ZoomGroup] = new ScimObject { ["emailAlias"] = emailAlias };
        }

        using var turn = await _writes.EnterAsync("new:" + displayName.ToUpperInvariant(), call).ConfigureAwait(false);
        return await _lostCreate.CreateAsync(displayName, body, call).ConfigureAwait(false);
    }

    public Task RenameAsync(string id, string displayName, ScimCall call) =>
        PatchAsync(id, [Replace("displayName", displayName)], call);

    public Task SetEmailAliasAsync(string id, string emailAlias, ScimCall call) =>
        PatchAsync(id, [Replace(EmailAliasKey, emailAlias)], call);

    public async Task DeleteAsync(string id, ScimCall call)
    {
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        var request = new ScimRequest("DELETE", PathOf(id), RateLabel.Medium) { Resource = "Groups" };
        var reply = await _sender.SendAsync(request, call).ConfigureAwait(false);

        // A repeated delete finds nothing when the first one, whose reply was lost, had been carried out.
        if (!reply.IsSuccess && !(reply.Status == 404 && reply.OutcomeOpen))
        {
            throw _sender.Failure(request, reply);
        }
    }

    public async Task AddMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call)
    {
        foreach (var some in InPieces(userIds))
        {
            var members = new ArrayList(some.Select(user => new ScimObject { ["value"] = user }).ToArray());
            await PatchAsync(id, [new ScimObject { ["op"] = "add", ["path"] = "members", ["value"] = members }], call).ConfigureAwait(false);
        }
    }

    public async Task RemoveMembersAsync(string id, IReadOnlyList<string> userIds, ScimCall call)
    {
        foreach (var some in InPieces(userIds))
        {
            // One operation for each; RFC 7644's remove with a list of values is not documented by Zoom (sheet 6.2).
            await PatchAsync(
                id,
                some.Select(user => new ScimObject { ["op"] = "remove", ["path"] = $"members[value eq \"{Quoted(user)}\"]" }),
                call).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<ScimGroupMember>> ListMembersAsync(string id, ScimCall call)
    {
        var members = new Dictionary<string, ScimGroupMember>(StringComparer.Ordinal);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var path = $"/v2/groups/{ScimAddress.Segment(id)}/members?page_size={MembersPerPage}";
        string? token = null;
        var most = 0;
        do
        {
            var request = new ScimRequest("GET", token is null ? path : $"{path}&next_page_token={Uri.EscapeDataString(token)}", RateLabel.Medium)
            {
                Resource = "GroupMembers",
                IsV2 = true,
            };
            var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
            var page = _sender.Resource(request, reply);
            if (!page.Has("members"))
            {
                throw ScimJsonReader.Unreadable(reply, request.ToString(), "is not a list of members", _sender.Redactor, null);
            }

            var before = members.Count;
            foreach (var member in page.Items("members").OfType<ScimObject>().Select(m => new ScimGroupMember(m)))
            {
                // Who joins while the pages are read may come twice.
                members[member.Id ?? $"?{members.Count}"] = member;
            }

            most = most > 0 ? most : MostMembers(page);
            token = page.Text("next_page_token");
            var wrong = members.Count > most ? "goes on after more members than there can be"
                : string.IsNullOrEmpty(token) ? null
                : !tokens.Add(token!) ? "names a page that was read before"
                : members.Count == before ? "gives nobody new and goes on"
                : null;
            if (wrong is not null)
            {
                throw ScimJsonReader.Unreadable(reply, request.ToString(), wrong, _sender.Redactor, null);
            }
        }
        while (!string.IsNullOrEmpty(token));

        return members.Values.ToList();
    }

    public void Dispose() => _writes.Dispose();

    /// <summary>Where the list must end: the group may grow while it is read, but not for ever. Zero where what Zoom says cannot be true.</summary>
    private static int MostMembers(ScimObject page) => page["total_records"] is { } said
        ? OutsideNumber.Whole(said, ScimPaging.MostResults) is { } total ? (2 * total) + MembersPerPage : 0
        : 100_000;

    private async Task<CreateReply<ScimGroup>> SendCreateAsync(ScimObject body, ScimCall call)
    {
        var request = new ScimRequest("POST", "/Groups", RateLabel.Medium) { Resource = "Groups", Body = body, RepeatFreely = false };
        return await _sender.SendCreateAsync(request, group => new ScimGroup(group), call).ConfigureAwait(false);
    }

    private async Task<ScimGroup?> LookUpAsync(string name, ScimCall call)
    {
        var page = await ListAsync(1, 100, ScimFilter.DisplayName(name), call).ConfigureAwait(false);
        return page.Resources.FirstOrDefault(g => string.Equals(g.DisplayName, name, StringComparison.OrdinalIgnoreCase) && g.Id is not null);
    }

    /// <summary>Every kind of change can be sent again: adding a member, removing one and setting a name twice is doing it once.</summary>
    private async Task PatchAsync(string id, IEnumerable<ScimObject> operations, ScimCall call)
    {
        var body = new ScimObject
        {
            ["schemas"] = new ArrayList { ScimSchemas.PatchOp },
            ["Operations"] = new ArrayList(operations.ToArray()),
        };
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        await _sender.SendForSuccessAsync(
            new ScimRequest("PATCH", PathOf(id), RateLabel.Medium) { Resource = "Groups", Body = body }, call).ConfigureAwait(false);
    }

    // Of a group's own properties, never of its members: what SCIM does not show cannot be replaced.
    private static ScimObject Replace(string name, string value) => new() { ["op"] = "replace", ["value"] = new ScimObject { [name] = value } };

    private static IEnumerable<IReadOnlyList<string>> InPieces(IReadOnlyList<string> userIds)
    {
        for (var done = 0; done < userIds.Count; done += MembersPerRequest)
        {
            yield return userIds.Skip(done).Take(MembersPerRequest).ToList();
        }
    }

    /// <summary>An id inside the quotes of a path. What would end them is no part of Zoom's ids.</summary>
    private static string Quoted(string id) => id.IndexOfAny(['"', '\\']) >= 0
        ? throw new ArgumentException($"'{id}' is not a Zoom id.", nameof(id))
        : id;

    private static string PathOf(string id) => "/Groups/" + ScimAddress.Segment(id);
}
