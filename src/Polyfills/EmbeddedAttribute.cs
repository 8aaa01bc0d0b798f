namespace Microsoft.CodeAnalysis;

/// <summary>What the compiler never shows to another assembly: each has a set of its own of these types, also where one sees another's internals.</summary>
[System.AttributeUsage(System.AttributeTargets.All)]
internal sealed class EmbeddedAttribute : System.Attribute;
