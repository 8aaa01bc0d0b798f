using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>
/// What the journals know from before a run and the run did not: values that Zoom does not tell and was sent earlier, and the groups that
/// somebody who was deleted had been put into. Read only where somebody is concerned.
/// </summary>
internal sealed class EarlierWrites
{
    private static readonly JournalKind[] Kinds = [JournalKind.Intent, JournalKind.Outcome, JournalKind.Settled];

    private readonly IReadOnlyDictionary<string, UndoImage> _images;
    private readonly Dictionary<(string Id, ZoomAttribute Attribute), (DateTimeOffset At, object? Value)> _sent = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _groups = new(StringComparer.Ordinal);

    private EarlierWrites(IReadOnlyDictionary<string, UndoImage> images) => _images = images;

    /// <summary>The groups that people had been put into, by the person's id: the group's id and name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Groups => _groups;

    /// <summary>Reads the journals up to a time, and tells the images what they did not know.</summary>
    public static EarlierWrites Read(AccountHistory history, DateTimeOffset before, IReadOnlyDictionary<string, UndoImage> images)
    {
        var concerned = images.Where(i => i.Value.IsDeleted || i.Value.Attributes.Any(a => IsUntold(i.Value, a))).ToDictionary(
            i => i.Key, i => i.Value, StringComparer.Ordinal);
        var earlier = new EarlierWrites(concerned);
        if (concerned.Count == 0)
        {
            return earlier;
        }

        foreach (var place in history.Places)
        {
            var open = new Dictionary<long, JournalEntry>();
            foreach (var entry in history.Read(place, null, before, Kinds).Where(e => e.At < before))
            {
                if (entry.Kind == JournalKind.Intent)
                {
                    open[entry.Number] = entry;
                }
                else if (entry.Answers is { } number && open.TryGetValue(number, out var intent))
                {
                    open.Remove(number);
                    if (entry.Outcome is ChangeOutcome.Done or ChangeOutcome.NoChange)
                    {
                        earlier.Take(intent, entry);
                    }
                }
            }
        }

        foreach (var value in earlier._sent)
        {
            concerned[value.Key.Id].Learn(value.Key.Attribute, value.Value.Value);
        }

        return earlier;
    }

    private static bool IsUntold(UndoImage image, ZoomAttribute attribute) => !image.Before(attribute).IsKnown && !attribute.ToldBy.Contains(UserDetail.Read);

    private void Take(JournalEntry intent, JournalEntry outcome)
    {
        if (intent is { Request: WriteKind.DeleteGroup, GroupId: { } gone })
        {
            foreach (var member in _groups.Keys.ToList())
            {
                _groups[member] = _groups[member].Where(g => g.Key != gone).ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);
            }
        }

        foreach (var member in (intent.Members ?? []).Where(m => intent.GroupId is not null && _images.TryGetValue(m, out var image) && image.IsDeleted))
        {
            var groups = _groups.TryGetValue(member, out var known) ? known.ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal) : [];
            groups.Remove(intent.GroupId!);
            if (intent.Request == WriteKind.AddToGroup)
            {
                groups[intent.GroupId!] = intent.GroupName ?? intent.GroupId!;
            }

            _groups[member] = groups;
        }

        // Whose id it was is told by the answer to a create.
        if (intent.Body is not { } body || (intent.ZoomId ?? outcome.ZoomId) is not { } id || !_images.TryGetValue(id, out var person))
        {
            return;
        }

        foreach (var attribute in SentAttributes.In(body).Where(a => person.IsDeleted || person.Attributes.Contains(a)))
        {
            if (!_sent.TryGetValue((id, attribute), out var known) || known.At <= intent.At)
            {
                _sent[(id, attribute)] = (intent.At, attribute.Get(new ScimUser(body, UserDetail.None)));
            }
        }
    }
}
