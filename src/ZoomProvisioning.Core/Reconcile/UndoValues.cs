using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>The attributes of one person that go back, and what is to be said of those that do not.</summary>
/// <param name="Changes">What is to be sent.</param>
/// <param name="Notes">What stays as it is although the run changed it, and why.</param>
/// <param name="Remarks">What the admin should know of what is sent.</param>
internal sealed record UndoValues(IReadOnlyList<AttributeChange> Changes, IReadOnlyList<string> Notes, IReadOnlyList<string> Remarks)
{
    /// <summary>Compares the three sides.</summary>
    public static UndoValues Of(string id, UndoImage? image, ScimUser now, RunTrace trace)
    {
        var changes = new List<AttributeChange>();
        var (notes, blind, unknown) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var attribute in image?.Attributes ?? [])
        {
            var ((isKnown, before), given, current) = (image!.Before(attribute), image.Given(attribute), attribute.Get(now));
            var isTold = attribute.IsToldBy(now) && attribute.ToldBy.Contains(now.Detail);
            if (isTold && isKnown && UndoImage.Same(attribute, current, before))
            {
                continue;
            }

            if (isTold && !IsAsGiven(attribute, current, given))
            {
                notes.Add($"{attribute.Name} was changed since the run and stays "
                    + $"'{ZoomAttribute.Display(current)}'{(isKnown ? $" (before the run it was '{ZoomAttribute.Display(before)}')" : string.Empty)}.");
            }
            else if (!isTold && trace.WasSetSince(id, attribute))
            {
                notes.Add($"{attribute.Name} was set again since the run and stays as it is.");
            }
            else if (!isKnown || (ZoomAttribute.IsEmpty(before) && !attribute.CanBeCleared))
            {
                unknown.Add(attribute.Name);
            }
            else
            {
                blind.AddRange(isTold ? [] : [attribute.Name]);
                changes.Add(new AttributeChange(attribute, isTold ? current : given, Wanted(attribute, before), oldIsKnown: isTold));
            }
        }

        if (unknown.Count > 0)
        {
            notes.Add($"What {string.Join(", ", unknown)} {(unknown.Count == 1 ? "was" : "were")} before the run is not known, "
                + $"so nothing is sent for {(unknown.Count == 1 ? "it" : "them")}.");
        }

        return new UndoValues(
            UserDiff.WithoutTypeBesidePlan(changes),
            notes,
            blind.Count == 0 ? [] : [$"Zoom does not tell {string.Join(", ", blind)}, so nobody can see whether somebody changed it by hand since."]);
    }

    private static bool IsAsGiven(ZoomAttribute attribute, object? current, object? given) =>
        given == UndoImage.Taken ? UndoImage.IsWithout(attribute, current) : UndoImage.Same(attribute, current, given);

    private static object? Wanted(ZoomAttribute attribute, object? before) =>
        ZoomAttribute.IsEmpty(before) || (attribute.Kind == AttributeKind.Flag && before is false)
            || (attribute.Kind == AttributeKind.Code && UndoImage.IsWithout(attribute, before))
            ? attribute.ClearValue
            : attribute.Kind == AttributeKind.Code ? ZoomAttribute.Display(before) : before;
}
