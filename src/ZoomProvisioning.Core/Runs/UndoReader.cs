using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>Reads what an undo rests on: the journals, and everybody concerned as Zoom has them now.</summary>
internal sealed class UndoReader(ZoomScimConnection connection, UndoRequest request, ProvisioningRule? rule, RuleSyncOptions options)
{
    private static readonly JournalKind[] Requests = [JournalKind.Intent];

    private readonly AccountReader _reader = new(connection, options.Concurrency);

    public async Task<UndoInput> ReadAsync(ScimCall call)
    {
        var trace = RunTrace.Read(request.History, request.Run, request.Place);
        var images = trace.People.Select(p => (p.Key, Image: UndoImage.Of(p.Value))).Where(p => !p.Image.IsUntouched)
            .ToDictionary(p => p.Key, p => p.Image, StringComparer.Ordinal);
        Learn(images);

        // Whoever was to be created and was not has no id.
        var ids = images.Where(i => i.Key != i.Value.UserName).Select(i => i.Key)
            .Concat(trace.Groups.SelectMany(g => g.Intent.Members ?? []))
            .Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal).ToList();
        var now = new Dictionary<string, ScimUser?>(StringComparer.Ordinal);
        options.OnProgress?.Invoke(new SyncProgress("Reading users", 0, ids.Count, 0));
        var unread = await _reader.ReadAsync(ids, (id, user) =>
        {
            now[id] = user;
            options.OnProgress?.Invoke(new SyncProgress("Reading users", now.Count, ids.Count, 0));
        }, call).ConfigureAwait(false);
        return new UndoInput
        {
            Trace = trace,
            Images = images,
            Now = now,
            Unread = unread,
            Successors = await FindSuccessorsAsync(images.Values.Where(i => i.IsDeleted), call).ConfigureAwait(false),
            Groups = trace.Groups.Count > 0 ? await _reader.ListGroupsAsync(call).ConfigureAwait(false) : [],
            Connection = connection,
            Rule = rule,
            DeletesCreated = request.DeletesCreated,
            User = request.User,
        };
    }

    /// <summary>What Zoom does not tell, and the run did not know, was perhaps sent earlier.</summary>
    private void Learn(Dictionary<string, UndoImage> images)
    {
        var wanted = images.Where(i => i.Value.Attributes.Any(a => !i.Value.Before(a).IsKnown && !a.ToldBy.Contains(UserDetail.Read)))
            .ToDictionary(i => i.Key, i => i.Value, StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return;
        }

        var sent = new Dictionary<(string Id, ZoomAttribute Attribute), (DateTimeOffset At, object? Value)>();
        foreach (var place in request.History.Places)
        {
            var created = new Dictionary<string, ScimObject>(StringComparer.OrdinalIgnoreCase);
            foreach (var intent in request.History
                .Read(place, null, request.Run.StartedAt, [.. Requests, JournalKind.Outcome])
                .Where(e => e.At < request.Run.StartedAt))
            {
                // Whose id it was is told by the answer to a create.
                if (intent is { Kind: JournalKind.Intent, Request: WriteKind.Create, UserName: { } name, Body: { } first })
                {
                    created[name] = first;
                    continue;
                }

                var body = intent.Kind == JournalKind.Intent ? intent.Body
                    : intent is { Request: WriteKind.Create, UserName: { } made } && created.TryGetValue(made, out var sentFirst) ? sentFirst : null;
                if (intent.ZoomId is not { } id || body is null || !wanted.TryGetValue(id, out var image))
                {
                    continue;
                }

                foreach (var attribute in SentAttributes.In(body).Where(a => image.Attributes.Contains(a)))
                {
                    if (!sent.TryGetValue((id, attribute), out var known) || known.At <= intent.At)
                    {
                        sent[(id, attribute)] = (intent.At, attribute.Get(new ScimUser(body, UserDetail.None)));
                    }
                }
            }
        }

        foreach (var value in sent)
        {
            wanted[value.Key.Id].Learn(value.Key.Attribute, value.Value.Value);
        }
    }

    private async Task<IReadOnlyDictionary<string, ScimUser>> FindSuccessorsAsync(IEnumerable<UndoImage> deleted, ScimCall call)
    {
        var directory = new UserDirectory(connection);
        var found = new Dictionary<string, ScimUser>(StringComparer.OrdinalIgnoreCase);
        var gate = new object();
        await ParallelWork.ForEachAsync(deleted.Select(d => d.Whole?.UserName ?? d.UserName)
            .Where(n => n.Contains("@"))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList(), options.Concurrency, async name =>
        {
            try
            {
                if (await directory.LookUpAsync(name, call).ConfigureAwait(false) is { } user)
                {
                    lock (gate)
                    {
                        found[name] = user;
                    }
                }
            }
            catch (ScimUserStateException)
            {
                // Zoom will say so again when the user is to be created.
            }
        }).ConfigureAwait(false);
        return found;
    }
}
