namespace ZoomProvisioning.Input;

/// <summary>What was found for an attribute in a record, before it was converted.</summary>
/// <param name="Target">The attribute, or <c>License</c>.</param>
/// <param name="Source">Where it was looked for, in words.</param>
/// <param name="Raw">What was found; null when nothing.</param>
internal readonly record struct ValueReading(string Target, string Source, object? Raw);
