using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Connections;

/// <summary>
/// What users held when this session deactivated them. Zoom takes all licences away with the deactivation and gives none back
/// with the reactivation (Zoom support, 'Deactivating users').
/// </summary>
public sealed class LicenseMemory
{
    private readonly ConcurrentDictionary<string, ScimUser> _before = new(StringComparer.Ordinal);

    /// <summary>Remembers what a user holds now. Only a user read in full tells it.</summary>
    public void Remember(ScimUser user)
    {
        if (user is { Id: { } id, Active: true } && user.Detail != UserDetail.Listed)
        {
            _before[id] = user;
        }
    }

    /// <summary>Forgets a user who has got the licences back, or is gone.</summary>
    public void Forget(string id) => _before.TryRemove(id, out _);

    /// <summary>The changes that give a user back what it held; null when nobody knows what that was.</summary>
    public IReadOnlyList<AttributeChange>? Recall(ScimUser now)
    {
        if (now.Id is not { } id || !_before.TryGetValue(id, out var before))
        {
            return null;
        }

        var held = ZoomExtension.Known
            .Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag && !a.AreEqual(null, a.Get(before)))
            .Append(ZoomAttributes.UserType)
            .Where(a => !a.AreEqual(a.Get(now), a.Get(before)) && a.Get(before) is not null)
            // Codes are texts, whatever Zoom sent.
            .Select(a => new AttributeChange(
                a, a.Get(now), a.Kind == AttributeKind.Code ? ZoomAttribute.Display(a.Get(before)) : a.Get(before), oldIsKnown: true))
            .ToList();
        return UserDiff.WithoutTypeBesidePlan(held);
    }
}
