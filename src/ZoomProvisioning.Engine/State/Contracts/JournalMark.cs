using System.Text.Json.Serialization;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>Where a journal stands after an entry.</summary>
/// <param name="Number">The entry's number; for a part's first line, which is its title, that of the last entry before it.</param>
/// <param name="Offset">The first byte after its line.</param>
/// <param name="Hash">Its hash, which the next line names.</param>
[method: JsonConstructor]
internal readonly record struct JournalMark([property: JsonPropertyName("position")] long Number, long Offset, string Hash)
{
    /// <summary>Before the first line.</summary>
    public static JournalMark Beginning { get; } = new(-1, 0, new string('0', 64));
}
