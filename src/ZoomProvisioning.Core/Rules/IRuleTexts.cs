namespace ZoomProvisioning.Rules;

/// <summary>Reads and writes the JSON that rules are written in. Implemented by the engine assembly, which has JSON.</summary>
public interface IRuleTexts
{
    /// <summary>Parses the JSON text of a rule (comments and trailing commas allowed) into a tree with lines.</summary>
    /// <exception cref="RuleFileException">The text is no JSON; the message has line and column.</exception>
    RuleNode ParseRule(string json);

    /// <summary>A rule's tree as JSON text with indentation.</summary>
    string WriteRule(RuleNode rule);
}
