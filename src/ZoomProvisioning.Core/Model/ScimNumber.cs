using System;

namespace ZoomProvisioning;

/// <summary>
/// A JSON number kept as it was written, because Zoom's plan codes are 64-bit and a detour over a double would change them.
/// Whole numbers that fit are plain <see cref="long"/> instead.
/// </summary>
public readonly struct ScimNumber : IEquatable<ScimNumber>
{
    /// <summary>Wraps the literal text of a JSON number (RFC 8259 section 6).</summary>
    public ScimNumber(string literal) => Literal = literal;

    /// <summary>The number as it stood in the JSON text.</summary>
    public string Literal { get; }

    /// <inheritdoc/>
    public bool Equals(ScimNumber other) => string.Equals(Literal, other.Literal, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScimNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Literal ?? string.Empty);

    /// <inheritdoc/>
    public override string ToString() => Literal;

    /// <summary>Same literal.</summary>
    public static bool operator ==(ScimNumber left, ScimNumber right) => left.Equals(right);

    /// <summary>Different literal.</summary>
    public static bool operator !=(ScimNumber left, ScimNumber right) => !left.Equals(right);
}
