using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Input;

/// <summary>Finds the people a whole source names more than once. None of their records is used: nothing says which is right.</summary>
internal static class SourceDuplicates
{
    /// <summary>The records that are about one person, with the error that names them all.</summary>
    public static IReadOnlyList<(DesiredUser Person, ScimRecordException Error)> Find(IReadOnlyList<DesiredUser> people)
    {
        var found = new Dictionary<DesiredUser, ScimRecordException>();
        Mark(p => p.Values.UserName, StringComparer.OrdinalIgnoreCase, "user name");
        Mark(p => p.ZoomId, StringComparer.Ordinal, "Zoom id");
        return found.Select(f => (f.Key, f.Value)).ToList();

        void Mark(Func<DesiredUser, string?> key, StringComparer comparer, string what)
        {
            foreach (var group in people.Where(p => key(p) is not null).GroupBy(p => key(p)!, comparer).Where(g => g.Skip(1).Any()))
            {
                var error = new ScimRecordException(
                    "Zoom.Record.Duplicate",
                    $"{string.Join(" and ", group.Take(5).Select(PlaceOf))} are about one person: the {what} '{group.Key}' is the same. None of them was used.")
                {
                    Category = "InvalidData",
                    RecommendedAction = "Leave all but one of them out of the source: nothing says which is right.",
                };
                foreach (var person in group.Where(p => !found.ContainsKey(p)))
                {
                    found.Add(person, error);
                }
            }
        }
    }

    private static string PlaceOf(DesiredUser person) => person.Source as SourcePlace is { } place ? place.ToString() : person.Label;
}
