using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Simulate;

/// <summary>Behaviours and faults of the command line, as the patch that the simulator takes.</summary>
internal static class SimulatorSetup
{
    /// <summary>What is wrong with a <c>NAME=VALUE</c>, or null.</summary>
    public static string? BehaviourError(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) <= 0 ? $"'{text}' is not NAME=VALUE." : ErrorOf(() => Patch([text], []));

    /// <summary>What is wrong with a fault, or null.</summary>
    public static string? FaultError(string text) => ErrorOf(() => Patch([], [text]));

    /// <summary>One patch for all of them.</summary>
    /// <exception cref="JsonException">A fault is not JSON.</exception>
    public static string Patch(IReadOnlyList<string> behaviours, IReadOnlyList<string> faults)
    {
        var patch = new JsonObject();
        foreach (var pair in behaviours.Select(text => text.Split('=', 2)))
        {
            patch[pair[0].Trim()] = pair[1].Trim();
        }

        if (faults.Count > 0)
        {
            patch["faults"] = new JsonArray(faults.Select(text => JsonNode.Parse(text)).ToArray());
        }

        return patch.ToJsonString();
    }

    // The simulator knows what is right, so an empty one is asked.
    private static string? ErrorOf(Func<string> patch)
    {
        try
        {
            using var zoom = new SimulatedZoom(new SimulatorOptions());
            zoom.PatchBehaviour(patch());
            return null;
        }
        catch (JsonException error)
        {
            return "This is not JSON: " + error.Message;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }
}
