using ZoomProvisioning.Engine.State;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Engine;

/// <content>The texts rules are written in.</content>
public sealed partial class StateFactory
{
    /// <inheritdoc/>
    public RuleNode ParseRule(string json) => RuleJson.Parse(json);

    /// <inheritdoc/>
    public string WriteRule(RuleNode rule) => RuleJson.Write(rule);
}
