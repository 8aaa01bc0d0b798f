using System;
using System.IO;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Claims a folder where the file system has no locks: by creating the owner's file, which of many only one can. A claim that a
/// killed process left is taken away only by who has created <c>run.takeover</c>, and only after looking at it once more.
/// </summary>
internal static class OwnerClaim
{
    public const string TakeoverFile = "run.takeover";

    // A file that is there and gone again between two looks.
    private const int Tries = 10;

    // Writing a claim and taking one away are a few bytes each; what is older was left by somebody who was killed at it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Makes the claim.</summary>
    /// <exception cref="ScimStateException">Somebody else has it.</exception>
    public static void Make(string folder, string ownerPath, RunOwner self)
    {
        if (TryMake(ownerPath, self))
        {
            return;
        }

        RefuseWhileAlive(folder, ownerPath);
        TakeAway(folder, ownerPath);
        if (!TryMake(ownerPath, self))
        {
            throw StateErrors.Locked(folder, RunOwner.Read(ownerPath));
        }
    }

    private static bool TryMake(string ownerPath, RunOwner self)
    {
        using var stream = TryCreate(ownerPath);
        if (stream is null)
        {
            return false;
        }

        PrivateFiles.Restrict(ownerPath);
        self.Write(stream);
        stream.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>Creates a file; null when it is there.</summary>
    private static FileStream? TryCreate(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            }
            catch (IOException) when (File.Exists(path))
            {
                return null;
            }
            catch (IOException) when (attempt < Tries)
            {
                // It was there a moment ago.
            }
        }
    }

    private static void RefuseWhileAlive(string folder, string ownerPath)
    {
        var owner = RunOwner.Read(ownerPath);
        if (owner is null ? IsYoung(ownerPath) : !owner.IsOnThisMachine || owner.IsAlive())
        {
            throw StateErrors.Locked(folder, owner);
        }
    }

    private static void TakeAway(string folder, string ownerPath)
    {
        var takeover = Path.Combine(folder, TakeoverFile);
        if (File.Exists(takeover) && !IsYoung(takeover))
        {
            File.Delete(takeover);
        }

        using var stream = TryCreate(takeover) ?? throw StateErrors.Locked(folder, RunOwner.Read(ownerPath));
        try
        {
            // Somebody may have been faster, and has it now.
            RefuseWhileAlive(folder, ownerPath);
            File.Delete(ownerPath);
        }
        finally
        {
            File.Delete(takeover);
        }
    }

    /// <summary>Whether a file is there that may just be being written.</summary>
    /// <remarks>One that is yet to be written is of a clock that was ahead, and else would be young for as long as that.</remarks>
    private static bool IsYoung(string path) => File.Exists(path) && (DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).Duration() < Longest;
}
