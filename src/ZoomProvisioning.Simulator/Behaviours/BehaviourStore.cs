using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>The behaviour document: switches and faults, read as JSON and changed by JSON merge patch (RFC 7396).</summary>
internal sealed class BehaviourStore
{
    private const string FaultsName = "faults";

    private readonly object _gate = new();

    // Probabilities are drawn from a fixed seed: a run that failed can be repeated.
    private uint _random = 2_463_534_242;

    private List<Fault> _faults = [];
    private volatile Behaviour _current;

    public BehaviourStore() => _current = new Behaviour(Switches.All.ToDictionary(item => item, item => item.DefaultValue));

    public Behaviour Current => _current;

    public IReadOnlyList<IReadOnlyDictionary<string, object>> Faults
    {
        get
        {
            lock (_gate)
            {
                return _faults.Select(fault => PlainJson.Of(fault.ToJson())).ToArray();
            }
        }
    }

    public string ToJson()
    {
        var document = new JsonObject();
        lock (_gate)
        {
            foreach (var item in Switches.All)
            {
                document[item.Name] = _current.Values[item].DeepClone();
            }

            document[FaultsName] = new JsonArray(_faults.Select(fault => (JsonNode)fault.ToJson()).ToArray());
        }

        return document.ToJsonString();
    }

    /// <summary>Applies a patch, or none of it when something in it is wrong. Null sets a switch back.</summary>
    public void Patch(string json)
    {
        try
        {
            Patch(Parse(json));
        }
        catch (InvalidOperationException error)
        {
            // Half a character, written as an escape.
            throw new ArgumentException("The behaviour patch has a text that is none: " + error.Message, error);
        }
    }

    /// <summary>Applies behaviours by name, and a whole list of faults where there is one.</summary>
    public void Patch(IReadOnlyDictionary<string, object?> behaviours, IReadOnlyList<IReadOnlyDictionary<string, object?>>? faults)
    {
        var patch = PlainJson.From(behaviours);
        if (faults is not null)
        {
            patch[FaultsName] = new JsonArray(faults.Select(fault => (JsonNode)PlainJson.From(fault)).ToArray());
        }

        Patch(patch);
    }

    /// <summary>Sets every switch back and forgets the faults.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _faults = [];
            _current = new Behaviour(Switches.All.ToDictionary(item => item, item => item.DefaultValue));
        }
    }

    private void Patch(JsonObject patch)
    {
        lock (_gate)
        {
            var values = _current.Values.ToDictionary(pair => pair.Key, pair => pair.Value);
            var faults = _faults;
            foreach (var pair in patch)
            {
                if (pair.Key == FaultsName)
                {
                    faults = ReadFaults(pair.Value);
                    continue;
                }

                var item = Switches.All.FirstOrDefault(known => known.Name == pair.Key) ?? throw new ArgumentException(
                    $"There is no behaviour '{pair.Key}'. There are: {string.Join(", ", Switches.All.Select(known => known.Name))}, {FaultsName}.");
                values[item] = item.Read(pair.Value);
            }

            _faults = faults;
            _current = new Behaviour(values);
        }
    }

    /// <summary>The fault that strikes this request, if one does; its counts go down.</summary>
    public Fault? TakeFault(string method, string path, bool isToken)
    {
        lock (_gate)
        {
            foreach (var fault in _faults.Where(fault => fault.Matches(method, path, isToken)))
            {
                if (fault.After > 0)
                {
                    fault.After--;
                    continue;
                }

                if (fault.Probability < 1 && NextRandom() >= fault.Probability)
                {
                    continue;
                }

                if (fault.Remaining is { } remaining)
                {
                    fault.Remaining = remaining - 1;
                    if (remaining == 1)
                    {
                        _faults = _faults.Where(other => other != fault).ToList();
                    }
                }

                return fault;
            }

            return null;
        }
    }

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new ArgumentException("The behaviour patch must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ArgumentException("The behaviour patch is not JSON: " + error.Message, error);
        }
    }

    private static List<Fault> ReadFaults(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.Select(Fault.Read).ToList(),
        _ => throw new ArgumentException("The behaviour 'faults' is a JSON array of faults."),
    };

    // Marsaglia's xorshift: enough for a coin.
    private double NextRandom()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random / (double)uint.MaxValue;
    }
}
