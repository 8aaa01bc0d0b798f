using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>The positions of all switches at one moment. Never changed, so one request sees one consistent set.</summary>
internal sealed class Behaviour
{
    private readonly Dictionary<Switch, string> _texts;
    private readonly Dictionary<Switch, JsonNode> _values;
    private readonly HashSet<string> _permissions;

    public Behaviour(Dictionary<Switch, JsonNode> values)
    {
        _values = values;
        _texts = values.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        _permissions = new HashSet<string>(Text(Switches.Permissions).Split([' '], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyDictionary<Switch, JsonNode> Values => _values;

    public string Text(Switch name) => _texts[name];

    public int Number(Switch name) => int.Parse(_texts[name], System.Globalization.CultureInfo.InvariantCulture);

    public bool Is(Switch name, string position) => string.Equals(_texts[name], position, StringComparison.Ordinal);

    public bool Permits(string permission) => _permissions.Contains(permission);
}
