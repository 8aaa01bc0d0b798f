using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Ldap;

/// <summary>What is to be asked of a directory: nothing else is read.</summary>
internal sealed class DirectoryNeeds
{
    /// <summary>The property in which a person's groups stand that become Zoom groups.</summary>
    public const string GroupsProperty = "directoryGroups";

    /// <summary>The properties that are named, in whatever spelling.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Whether the usual attributes are read too.</summary>
    public bool UsesPreset { get; init; } = true;

    /// <summary>The groups whose members somebody asks for, by distinguished name or name.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The attributes to ask for, in the spellings of LDAP.</summary>
    public IReadOnlyList<string> AttributesFor(DirectoryPreset preset)
    {
        var names = new List<string>(preset.Keys);
        names.AddRange(UsesPreset ? preset.Usual : []);
        foreach (var property in Properties.Where(p => !string.Equals(p, GroupsProperty, StringComparison.OrdinalIgnoreCase)))
        {
            // A server leaves out what it does not know, so every spelling may be asked for.
            names.AddRange(new[] { property }.Concat(PropertyNames.OtherNames(property)).Where(IsAttribute));
        }

        return [.. names.Where(n => !IsName(n)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether a text is the entry's own name, which every entry has without being asked.</summary>
    public static bool IsName(string property) =>
        property.Length > 0 && (MappingPreset.SameHeading(property, "distinguishedName") || MappingPreset.SameHeading(property, "dn"));

    // 'First Name' is a heading of a file, and no attribute (RFC 4512 section 2.5).
    private static bool IsAttribute(string name) =>
        name.Length > 0 && name[0] < 128 && char.IsLetter(name[0]) && name.All(c => c < 128 && (char.IsLetterOrDigit(c) || c == '-'));
}
