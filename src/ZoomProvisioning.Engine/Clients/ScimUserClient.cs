using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
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
    private readonly LostCreate _lostCreate;

    // Learned once: Zoom's documentation and its clients disagree about quotes (sheet 2.2).
    private volatile bool _filterUnquoted;

    public ScimUserClient(EngineOptions options, ScimSender sender)
    {
        _options = options;
        _sender = sender;
        _created = new RecentlyCreated(options.Clock);
        _lostCreate = new LostCreate(this, options);
    }

    public async Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call)
    {
        if (startIndex < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(startIndex), startIndex, "SCIM counts from 1.");
        }

        if (count is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "Zoom gives at most 100 users at a time.");
        }

        if (filter is null || _filterUnquoted)
        {
            return await ListAsync(startIndex, count, filter?.ToUnquotedString(), call).ConfigureAwait(false);
        }

        try
        {
            return await ListAsync(startIndex, count, filter.ToString(), call).ConfigureAwait(false);
        }
        catch (ScimException refusal) when (refusal.Status == 400 && SpeaksOfTheFilter(refusal.ZoomMessage ?? refusal.Message))
        {
            var page = await ListAsync(startIndex, count, filter.ToUnquotedString(), call).ConfigureAwait(false);
            _filterUnquoted = true;
            return page;
        }
    }

    public async Task<ScimUser> GetAsync(string id, ScimCall call)
    {
        var request = new ScimRequest("GET", PathOf(id), RateLabel.Light);
        var reply = await _sender.SendAsync(request, call).ConfigureAwait(false);
        for (var wait = 0; reply.Status == 404 && wait < WaitsForNewUser.Length && _created.Contains(id); wait++)
        {
            await WaitAsync(WaitsForNewUser[wait], "Zoom does not show the user yet that it has just created", call).ConfigureAwait(false);
            reply = await _sender.SendAsync(request, call).ConfigureAwait(false);
        }

        return reply.IsSuccess
            ? UserIn(request, reply, UserDetail.Read)
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
        var user = await _lostCreate.CreateAsync(userName, WithSchemas(body), call).ConfigureAwait(false);
        if (user.Id is { } id)
        {
            _created.Add(id);
        }

        return user;
    }

    public async Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call)
    {
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        return await WriteAsync(id, new ScimRequest("PUT", PathOf(id), RateLabel.Light) { Body = WithSchemas(body) }, call).ConfigureAwait(false);
    }

    public async Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call)
    {
        // Zoom's own example to the letter, its odd schema included; "operations" in lower case is refused (sheet 4.3).
        var body = new ScimObject
        {
            ["schemas"] = new ArrayList { ScimSchemas.ListResponse },
            ["Operations"] = new ArrayList
            {
                new ScimObject { ["op"] = "replace", ["value"] = new ScimObject { ["active"] = active } },
            },
        };
        using var turn = await _writes.EnterAsync(id, call).ConfigureAwait(false);
        return await WriteAsync(id, new ScimRequest("PATCH", PathOf(id), RateLabel.Light) { Body = body }, call).ConfigureAwait(false);
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

    /// <summary>Sends one create and tells apart what is known from what is not.</summary>
    internal async Task<CreateReply> SendCreateAsync(ScimObject body, ScimCall call)
    {
        var request = new ScimRequest("POST", "/Users", RateLabel.Light) { Body = body, RepeatFreely = false };
        Reply reply;
        try
        {
            reply = await _sender.SendAsync(request, call).ConfigureAwait(false);
        }
        catch (ScimOutcomeUnknownException exception) when (!call.Stop.IsCancellationRequested)
        {
            return new CreateReply(null, exception);
        }

        if (!reply.IsSuccess)
        {
            var failure = _sender.Failure(request, reply);
            return reply.Status >= 500 ? new CreateReply(null, failure) : throw failure;
        }

        try
        {
            return new CreateReply(UserIn(request, reply, UserDetail.Created), null);
        }
        catch (ScimServerException exception)
        {
            // Created, probably, but the reply is not to be read.
            return new CreateReply(null, exception);
        }
    }

    /// <summary>Waits, unless the call is stopped.</summary>
    internal async Task WaitAsync(TimeSpan time, string why, ScimCall call)
    {
        call.Observer?.OnWire(new WireEvent(
            WireEventKind.Waiting, string.Format(CultureInfo.InvariantCulture, "Waiting {0:0.0} s: {1}.", time.TotalSeconds, why))
        {
            Duration = time,
        });
        try
        {
            await _options.Clock.Delay(time, call.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new ScimNotSentException("The call was stopped while it waited.", exception)
            {
                Category = "OperationStopped",
                RecommendedAction = "It is safe to run it again.",
            };
        }
    }

    private async Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, string? filter, ScimCall call)
    {
        var path = string.Format(CultureInfo.InvariantCulture, "/Users?startIndex={0}&count={1}", startIndex, count)
            + (filter is null ? string.Empty : "&filter=" + Uri.EscapeDataString(filter));
        var request = new ScimRequest("GET", path, RateLabel.Medium);
        var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        var list = _sender.Resource(request, reply);
        if (!list.Has("Resources") && !list.Has("totalResults"))
        {
            throw ScimJsonReader.Unreadable(reply, request.ToString(), "is not a SCIM list", _sender.Redactor, null);
        }

        var users = list.Items("Resources").OfType<ScimObject>().Where(HasId).Select(user => new ScimUser(user, UserDetail.Listed)).ToList();
        return new ScimPage<ScimUser>(
            users,
            Number(list["totalResults"]) ?? users.Count,
            Number(list["startIndex"]) ?? startIndex);
    }

    /// <summary>Sends a PUT or PATCH. A server that answers with no body (RFC 7644 section 3.5.2 allows it) is asked for the user.</summary>
    private async Task<ScimUser> WriteAsync(string id, ScimRequest request, ScimCall call)
    {
        var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        if (reply.IsEmpty)
        {
            return await GetAsync(id, call).ConfigureAwait(false);
        }

        var user = _sender.Resource(request, reply);
        if (!HasId(user))
        {
            // It was done; whose reply it is, we know.
            user["id"] = id;
        }

        return new ScimUser(user, UserDetail.Updated);
    }

    /// <summary>The user in a good reply. JSON without an id is no user, and nothing could be done with it.</summary>
    private ScimUser UserIn(ScimRequest request, Reply reply, UserDetail detail)
    {
        var user = _sender.Resource(request, reply);
        return HasId(user) ? new ScimUser(user, detail) : throw ScimJsonReader.Unreadable(reply, request.ToString(), "is not a SCIM user: it has no id", _sender.Redactor, null);
    }

    // Dots alone would address something else than a user.
    private static bool HasId(ScimObject user) => user.Text("id") is not (null or "" or "." or "..");

    private static string PathOf(string id) => "/Users/" + ScimAddress.Segment(id);

    private static int? Number(object? value) => value switch
    {
        long number and >= 0 and <= int.MaxValue => (int)number,
        string text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Not the words for a pending or foreign user, which would stay the same without quotes.</summary>
    private static bool SpeaksOfTheFilter(string text) =>
        Words.Say(text, "filter") && !Words.Say(text, "not exist or not belong");

    /// <summary>The body with the schemas it uses in front, when it does not say them itself (sheet 4.2).</summary>
    private static ScimObject WithSchemas(ScimObject body)
    {
        if (body.Has("schemas"))
        {
            return body;
        }

        var schemas = new ArrayList { ScimSchemas.User };
        schemas.AddRange(ExtensionsIn(body).ToArray());
        var copy = body.DeepCopy();
        copy.Insert(0, "schemas", schemas);
        return copy;
    }

    private static IEnumerable<string> ExtensionsIn(ScimObject body) =>
        body.Names.Where(name => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What came of one create: the user, or the reason why it is not known.</summary>
internal sealed class CreateReply(ScimUser? user, ScimException? unknown)
{
    public ScimUser? User => user;

    public ScimException? Unknown => unknown;
}
