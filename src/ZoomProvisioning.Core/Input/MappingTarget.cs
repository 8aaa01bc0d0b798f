using System;

namespace ZoomProvisioning.Input;

/// <summary>What a name on the left of a mapping means.</summary>
public static class MappingTarget
{
    /// <summary>Stands before the name of an extension attribute that this module does not know, so that a slip of the pen is not sent to Zoom.</summary>
    public const string Prefix = "Extension.";

    /// <summary>Whether a mapping may name it: an attribute, <c>License</c> or <c>Identity</c>.</summary>
    public static bool IsKnown(string name) => Find(name) is not null || IsLicense(name) || IsIdentity(name);

    /// <summary>Whether it stands for licences of all kinds (see <see cref="ZoomLicenses"/>).</summary>
    public static bool IsLicense(string name) => string.Equals(name, MappingPreset.LicenseName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it stands for the Zoom id of the user meant.</summary>
    public static bool IsIdentity(string name) => string.Equals(name, MappingPreset.IdentityName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The attribute of this name; null when nobody knows it.</summary>
    public static ZoomAttribute? Find(string name)
    {
        if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name.Length > Prefix.Length)
        {
            return ZoomExtension.Attribute(name.Substring(Prefix.Length));
        }

        return ZoomAttributes.Find(name) ?? (ZoomExtension.IsKnown(name) ? ZoomExtension.Attribute(name) : null);
    }
}
