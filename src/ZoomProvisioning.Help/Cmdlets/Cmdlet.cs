using System.Collections.Generic;

namespace ZoomProvisioning.Help.Cmdlets;

/// <summary>What the compiled module says about one cmdlet.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Summary">The summary of its class.</param>
/// <param name="DefaultSet">The default parameter set; null when it has none of its own.</param>
/// <param name="Parameters">Its parameters, in the order in which PowerShell lists them.</param>
/// <param name="OutputTypes">The full names of the types it declares to write.</param>
internal sealed record Cmdlet(string Name, string Summary, string? DefaultSet, IReadOnlyList<CmdletParameter> Parameters, IReadOnlyList<string> OutputTypes);

/// <summary>A parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The full name of its type.</param>
/// <param name="Summary">The summary of its property.</param>
/// <param name="IsWildcard">Whether it takes wildcards.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Places">Where it belongs; a null set is every set.</param>
/// <param name="AcceptedValues">The values it takes, when they are known.</param>
internal sealed record CmdletParameter(
    string Name,
    string TypeName,
    string Summary,
    bool IsWildcard,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<CmdletPlace> Places,
    IReadOnlyList<string> AcceptedValues);

/// <summary>A parameter in a parameter set.</summary>
internal sealed record CmdletPlace(string? Set, int? Position, bool IsMandatory, bool TakesPipeline, bool TakesPipelineByName);
