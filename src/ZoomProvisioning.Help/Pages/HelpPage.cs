using System.Collections.Generic;

namespace ZoomProvisioning.Help.Pages;

/// <summary>One cmdlet's help, read from its page.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Synopsis">What it does, in a sentence or two.</param>
/// <param name="Syntax">The parameter sets, in the order in which they are shown.</param>
/// <param name="Description">The description's paragraphs.</param>
/// <param name="Examples">The examples.</param>
/// <param name="Parameters">The parameters, in the order of the page.</param>
/// <param name="Inputs">What may be piped in.</param>
/// <param name="Outputs">What comes out.</param>
/// <param name="Notes">The notes' paragraphs.</param>
/// <param name="Links">Where to read on.</param>
public sealed record HelpPage(
    string Name,
    string Synopsis,
    IReadOnlyList<HelpSyntax> Syntax,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpParameter> Parameters,
    IReadOnlyList<HelpType> Inputs,
    IReadOnlyList<HelpType> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<HelpLink> Links);

/// <summary>A parameter set, as the page shows it.</summary>
/// <param name="SetName">The name of the set.</param>
/// <param name="ParameterNames">Its parameters, in the order shown.</param>
public sealed record HelpSyntax(string SetName, IReadOnlyList<string> ParameterNames);

/// <summary>An example.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Introduction">The paragraphs before the code.</param>
/// <param name="Code">The code, as it can be run.</param>
/// <param name="Remarks">The paragraphs after it: what comes out, and what to mind.</param>
public sealed record HelpExample(string Title, IReadOnlyList<string> Introduction, string Code, IReadOnlyList<string> Remarks);

/// <summary>A parameter.</summary>
/// <param name="Name">Its name, without the hyphen.</param>
/// <param name="TypeName">The full name of its type.</param>
/// <param name="Description">The description's paragraphs.</param>
/// <param name="Default">What it is when it is left out; empty for nothing.</param>
/// <param name="IsWildcard">Whether it takes wildcards.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Places">Where it belongs, one for each parameter set.</param>
/// <param name="AcceptedValues">The values it takes, when they are known.</param>
public sealed record HelpParameter(
    string Name,
    string TypeName,
    IReadOnlyList<string> Description,
    string Default,
    bool IsWildcard,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<ParameterPlace> Places,
    IReadOnlyList<string> AcceptedValues);

/// <summary>A parameter in a parameter set.</summary>
/// <param name="Set">The set; <see cref="AllSets"/> for every one.</param>
/// <param name="Position">Its position; null when it is given by name only.</param>
/// <param name="IsMandatory">Whether it must be given.</param>
/// <param name="TakesPipeline">Whether it takes whole objects from the pipeline.</param>
/// <param name="TakesPipelineByName">Whether it takes a property of its name from the pipeline.</param>
public sealed record ParameterPlace(string Set, int? Position, bool IsMandatory, bool TakesPipeline, bool TakesPipelineByName)
{
    /// <summary>How a page says that a parameter belongs to every set.</summary>
    public const string AllSets = "(All)";
}

/// <summary>A type that goes in or comes out.</summary>
/// <param name="Name">The full name of the type.</param>
/// <param name="Description">What it is here.</param>
public sealed record HelpType(string Name, IReadOnlyList<string> Description);

/// <summary>A related link.</summary>
/// <param name="Text">The words.</param>
/// <param name="Uri">The address; empty when the words are a cmdlet or a topic.</param>
public sealed record HelpLink(string Text, string Uri);
