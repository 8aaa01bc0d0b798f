using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State.Contracts;

/// <summary>
/// Reads and writes what a rule keeps on disk by generated code: plans, ledgers, journals and who has a folder. What has no value
/// is not written, and what a newer version added is passed over.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(TextConverter), typeof(TimeConverter), typeof(ChoiceConverter), typeof(ResourceConverter)])]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(LedgerBody))]
[JsonSerializable(typeof(PersonBody))]
[JsonSerializable(typeof(ScimObject))]
[JsonSerializable(typeof(UndoneChange))]
[JsonSerializable(typeof(TitleBody))]
[JsonSerializable(typeof(EntryBody))]
[JsonSerializable(typeof(OwnerBody))]
[JsonSerializable(typeof(ReadsBody))]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class StateJsonContext : JsonSerializerContext
{
    /// <summary>What writes to a stream as a writer with these options does.</summary>
    public static StateJsonContext LaidOutAs(JsonWriterOptions layout) => new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = layout.Encoder,
        WriteIndented = layout.Indented,
        NewLine = layout.NewLine,
    });

    /// <summary>A flag as it is stored: one that is not set is left out.</summary>
    public static bool? Flag(bool flag) => flag ? true : null;

    /// <summary>The items of a list that was read; one that is null is damage.</summary>
    public static IEnumerable<T> Whole<T>(IEnumerable<T>? list) where T : class =>
        (list ?? []).Select(item => item ?? throw new JsonException("An item of a list is null."));

    /// <summary>A list as it is stored: an empty one is left out.</summary>
    public static IReadOnlyList<T>? Some<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;
}
