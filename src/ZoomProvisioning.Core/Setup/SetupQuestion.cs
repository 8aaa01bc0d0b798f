using System.Collections.Generic;

namespace ZoomProvisioning.Setup;

/// <summary>A question on the way to a rule. Where nobody can be asked, the default is the answer.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Text">The question.</param>
/// <param name="Choices">The answers there are.</param>
/// <param name="Default">Which of them is proposed.</param>
internal sealed record SetupQuestion(string Title, string Text, IReadOnlyList<SetupChoice> Choices, int Default);

/// <summary>An answer to a question.</summary>
/// <param name="Label">The answer in a word or two.</param>
/// <param name="Help">What it means.</param>
internal sealed record SetupChoice(string Label, string Help);
