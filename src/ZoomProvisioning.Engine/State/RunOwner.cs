using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>Who has a folder, for the one who finds it locked.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStarted">When that began (UTC), because ids are used again.</param>
/// <param name="Machine">The machine it runs on.</param>
/// <param name="User">Who it runs as.</param>
/// <param name="RunStarted">When the run began (UTC).</param>
internal sealed record RunOwner(int ProcessId, DateTimeOffset ProcessStarted, string Machine, string User, DateTimeOffset RunStarted)
{
    // The system reckons a process's start from its own uptime, which two processes do not read at the same moment.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>Whether it is a process of this machine.</summary>
    public bool IsOnThisMachine => string.Equals(Machine, Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    /// <summary>This process.</summary>
    public static RunOwner Self(DateTimeOffset now)
    {
        using var process = Process.GetCurrentProcess();
        return new RunOwner(process.Id, process.StartTime.ToUniversalTime(), Environment.MachineName, Environment.UserName, now);
    }

    /// <summary>Whether the process, one of this machine, is still there.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (process.StartTime.ToUniversalTime() - ProcessStarted).Duration() < Tolerance;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // There is none of this id, or it has just ended.
            return false;
        }
        catch (ExternalException)
        {
            // It is there, but somebody else's, who does not let us look at it.
            return true;
        }
    }

    /// <summary>Writes it to a file.</summary>
    public void Write(string path)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, StoredJson.Compact))
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid", ProcessId);
            writer.Time("processStarted", ProcessStarted);
            writer.Text("machine", Machine);
            writer.Text("user", User);
            writer.Time("runStarted", RunStarted);
            writer.WriteEndObject();
        }

        AtomicFile.WriteAllText(path, Encoding.UTF8.GetString(json.ToArray()));
    }

    /// <summary>Reads it from a file; null when there is none or it is not readable, for it only serves a message.</summary>
    public static RunOwner? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || StoredJson.IsDamage(exception))
        {
            return null;
        }
    }

    /// <summary>For example <c>pid 1234 on HOST, user U, started 05/01/2026 08:00</c>.</summary>
    public override string ToString() =>
        string.Format(CultureInfo.CurrentCulture, "pid {0} on {1}, user {2}, started {3:g}", ProcessId.ToString(CultureInfo.InvariantCulture), Machine, User, RunStarted.LocalDateTime);

    private static RunOwner Parse(byte[] json)
    {
        var reader = StoredJson.Begin(json);
        var owner = new RunOwner(0, default, string.Empty, string.Empty, default);
        while (StoredJson.NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "pid":
                    owner = owner with { ProcessId = reader.GetInt32() };
                    break;
                case "processStarted":
                    owner = owner with { ProcessStarted = reader.GetDateTimeOffset() };
                    break;
                case "machine":
                    owner = owner with { Machine = StoredJson.Text(ref reader) };
                    break;
                case "user":
                    owner = owner with { User = StoredJson.Text(ref reader) };
                    break;
                case "runStarted":
                    owner = owner with { RunStarted = reader.GetDateTimeOffset() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return owner;
    }
}
