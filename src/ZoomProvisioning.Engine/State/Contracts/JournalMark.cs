using System.Text.Json.Serialization;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>Where a journal stands after an entry.</summary>
/// <param name="Number">The entry's number; 0 for the journal's first line, which is its title.</param>
/// <param name="Offset">The first byte after its line.</param>
/// <param name="Hash">Its hash, which the next line names.</param>
[method: JsonConstructor]
internal readonly record struct JournalMark([property: JsonPropertyName("position")] long Number, long Offset, string Hash)
{
    /// <summary>Before the first line.</summary>
    public static JournalMark Beginning { get; } = new(-1, 0, new string('0', 64));

    /// <summary>The number of the next line, counted from 1.</summary>
    [JsonIgnore]
    public long NextLine => Number + 2;
}
