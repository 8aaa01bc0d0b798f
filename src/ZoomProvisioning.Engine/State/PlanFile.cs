using System;
using System.IO;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.State;

/// <summary>A plan as JSON: all that is needed to carry it out later, and its digest, so that one that was edited is refused.</summary>
internal static class PlanFile
{
    public static string Write(SyncPlan plan)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, StoredJson.Indented))
        {
            var body = new PlanBody { Of = plan, Id = PlanDigest.Of(plan) };
            body.Seal = SealOf(body);
            JsonSerializer.Serialize(writer, body, StateJsonContext.Default.PlanBody);
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="ScimStateException">It is none, or was changed by hand.</exception>
    public static SyncPlan Read(string json)
    {
        PlanBody body;
        try
        {
            // Editors that cannot do without put a mark in front.
            body = JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF')), StateJsonContext.Default.PlanBody)
                ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (StoredJson.IsDamage(exception))
        {
            throw StateErrors.PlanInvalid(exception.Message, exception);
        }

        var (seal, read) = (body.Seal, body.Of.Identified());
        body.Seal = null;
        return string.Equals(read.Id, body.Id, StringComparison.Ordinal) && (seal is null || seal == SealOf(body))
            ? read
            : throw StateErrors.PlanInvalid("it was changed after it was made.");
    }

    /// <summary>The hash of a plan that has none yet. How its text is laid out does not matter: editors and version control change that.</summary>
    private static string SealOf(PlanBody body)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, StoredJson.Compact))
        {
            JsonSerializer.Serialize(writer, body, StateJsonContext.Default.PlanBody);
        }

        return Hashes.Of(json.GetBuffer(), 0, (int)json.Length);
    }
}
