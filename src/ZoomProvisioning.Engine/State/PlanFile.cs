using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Engine.State.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// A plan as JSON: all that is needed to carry it out later, and its digest, so that one that was edited is refused. It is written and
/// read a person at a time, for the text of a plan of 100,000 is longer than all else that is in memory.
/// </summary>
internal static class PlanFile
{
    private static readonly StateJsonContext Compact = StateJsonContext.LaidOutAs(StoredJson.Compact);
    private static readonly StateJsonContext Indented = StateJsonContext.LaidOutAs(StoredJson.Indented);

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="to">Takes UTF-8.</param>
    public static void Write(SyncPlan plan, Stream to)
    {
        var body = new PlanBody { Of = plan, Id = PlanDigest.Of(plan) };
        body.Seal = SealOf(body);
        JsonSerializer.Serialize(to, body, Indented.PlanBody);
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="from">The file, which can seek.</param>
    /// <exception cref="ScimStateException">It is none, or was changed by hand.</exception>
    public static SyncPlan Read(Stream from)
    {
        PlanBody body;
        try
        {
            using var text = AsUtf8(from);
            body = JsonSerializer.Deserialize(text ?? from, StateJsonContext.Default.PlanBody) ?? throw new JsonException("It is empty.");
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
        using var hash = SHA256.Create();
        using (var text = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            JsonSerializer.Serialize(text, body, Compact.PlanBody);
        }

        return Hashes.Text(hash.Hash!);
    }

    /// <summary>The text in UTF-8 where it is in another encoding that says so; null where it can be read as it is.</summary>
    private static MemoryStream? AsUtf8(Stream from)
    {
        var start = from.Position;
        var (first, second) = (from.ReadByte(), from.ReadByte());
        from.Position = start;
        return (first, second) is (0xFF, 0xFE) or (0xFE, 0xFF)
            ? new MemoryStream(Encoding.UTF8.GetBytes(new StreamReader(from, Encoding.Unicode, detectEncodingFromByteOrderMarks: true).ReadToEnd()))
            : null;
    }
}
