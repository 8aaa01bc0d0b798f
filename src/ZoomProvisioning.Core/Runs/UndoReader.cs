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
    private readonly AccountReader _reader = new(connection, options.Concurrency);

    public async Task<UndoInput> ReadAsync(ScimCall call)
    {
        var trace = RunTrace.Read(request.History, request.Run, request.Place);
        var images = trace.People.Select(p => (p.Key, Image: UndoImage.Of(p.Value))).Where(p => !p.Image.IsUntouched)
            .ToDictionary(p => p.Key, p => p.Image, StringComparer.Ordinal);
        var earlier = EarlierWrites.Read(request.History, request.Run.StartedAt, images);

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
            FormerGroups = earlier.Groups,
            Groups = trace.Groups.Count > 0 || images.Values.Any(i => i.IsDeleted) ? await _reader.ListGroupsAsync(call).ConfigureAwait(false) : [],
            Connection = connection,
            Rule = rule,
            DeletesCreated = request.DeletesCreated,
            User = request.User,
        };
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
