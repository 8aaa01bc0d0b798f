using ZoomProvisioning.Input;

namespace ZoomProvisioning.Rules;

/// <summary>When a mapped attribute is sent.</summary>
public enum ApplyWhen
{
    /// <summary>When a person is created, and kept in step afterwards.</summary>
    Always,

    /// <summary>When a person is created, and left to Zoom afterwards.</summary>
    OnCreate,

    /// <summary>Only in changes of people who exist.</summary>
    OnUpdate,
}

/// <summary>How one attribute maps.</summary>
public sealed class AttributeRule
{
    /// <summary>Makes a mapping.</summary>
    public AttributeRule(AttributeSource source) => Source = source;

    /// <summary>Where the value comes from.</summary>
    public AttributeSource Source { get; }

    /// <summary>When it is sent.</summary>
    public ApplyWhen Apply { get; init; }

    /// <summary>Whether Zoom is taken not to tell it: sent when the source changes, never compared with Zoom.</summary>
    public bool WriteOnly { get; init; }

    /// <summary>Whether a source may do without it altogether: that no record has a value is no sign of a broken export.</summary>
    public bool Optional { get; init; }
}
