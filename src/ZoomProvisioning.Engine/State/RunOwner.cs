using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;
using ZoomProvisioning.Engine.State.Contracts;
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

    /// <summary>Writes it to a file, replacing one that is there.</summary>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, StoredJson.Compact);
        JsonSerializer.Serialize(writer, new OwnerBody
        {
            ProcessId = ProcessId,
            ProcessStarted = ProcessStarted,
            Machine = Machine,
            User = User,
            RunStarted = RunStarted,
        }, StateJsonContext.Default.OwnerBody);
    }

    /// <summary>Reads it from a file; null when there is none or it is not readable, for it only serves a message.</summary>
    public static RunOwner? Read(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize(File.ReadAllBytes(path), StateJsonContext.Default.OwnerBody) is { } body
                ? new RunOwner(body.ProcessId, body.ProcessStarted, body.Machine, body.User, body.RunStarted)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || StoredJson.IsDamage(exception))
        {
            return null;
        }
    }

    /// <summary>For example <c>pid 1234 on HOST, user U, started 05/01/2026 08:00</c>.</summary>
    public override string ToString() =>
        string.Format(
            CultureInfo.CurrentCulture,
            "pid {0} on {1}, user {2}, started {3:g}",
            ProcessId.ToString(CultureInfo.InvariantCulture),
            Machine,
            User,
            RunStarted.LocalDateTime);
}
