using System;
#if NETFRAMEWORK
using System.Collections.Concurrent;
#endif
using System.Diagnostics;
using System.IO;
using System.Threading;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Keeps a second run out of a folder. The operating system's lock on <c>run.lock</c> decides, and goes with the process that has
/// it; <c>run.owner.json</c> says who that is. Where the file system has no locks, having created the owner's file decides: it has
/// the folder as long as its process lives, and on another machine until somebody deletes the file.
/// </summary>
internal sealed class RunLock : IDisposable
{
    public const string OwnerFile = "run.owner.json";
    private const string LockFile = "run.lock";

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK on Linux and on macOS.
    private static readonly int[] TakenErrors = [32, 33, 11, 35];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

#if NETFRAMEWORK
    private static readonly ConcurrentDictionary<string, object?> TakenHere = new(StringComparer.Ordinal);
#endif

    private readonly FileStream _lock;
    private readonly string _ownerPath;

    private RunLock(FileStream taken, string ownerPath)
    {
        _lock = taken;
        _ownerPath = ownerPath;
    }

    /// <summary>Whether a file is one of the lock's own.</summary>
    public static bool IsOwn(string name) => name is OwnerFile or LockFile or OwnerClaim.TakeoverFile;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="clock">Tells when the run began.</param>
    /// <param name="locksWork">Whether the file system has locks, for tests; null finds out.</param>
    /// <param name="isBrief">Whether it is for a moment only, so that nobody needs to be told who has it where the lock itself says enough.</param>
    /// <exception cref="ScimStateException">Another run has it.</exception>
    public static RunLock Take(string folder, IClock clock, bool? locksWork = null, bool isBrief = false)
    {
        var path = Path.GetFullPath(Path.Combine(folder, LockFile));
        var ownerPath = Path.Combine(folder, OwnerFile);
#if NETFRAMEWORK
        // Under Mono the system's lock goes with the first handle on the file that this process closes, be it of one that asked in
        // vain: so none of its threads opens the file while another has it.
        if (!TakenHere.TryAdd(path, null))
        {
            throw StateErrors.Locked(folder, RunOwner.Read(ownerPath));
        }

        try
        {
            return TakeFile(folder, path, ownerPath, clock, locksWork, isBrief);
        }
        catch
        {
            TakenHere.TryRemove(path, out _);
            throw;
        }
#else
        return TakeFile(folder, path, ownerPath, clock, locksWork, isBrief);
#endif
    }

    private static RunLock TakeFile(string folder, string path, string ownerPath, IClock clock, bool? locksWork, bool isBrief)
    {
        var stream = TryLock(path, locksWork == false ? FileShare.ReadWrite | FileShare.Delete : FileShare.None)
            ?? throw StateErrors.Locked(folder, RunOwner.Read(ownerPath));
        try
        {
            PrivateFiles.Narrow(path);
            var self = RunOwner.Self(clock.UtcNow);
            if (locksWork ?? DoLocksWork(path))
            {
#if NETFRAMEWORK
                // Mono knows of FileShare only within a process.
                Reserve(stream, folder, ownerPath);
#endif
                if (!isBrief)
                {
                    // An owner left behind was killed.
                    self.Write(ownerPath);
                }
            }
            else
            {
                OwnerClaim.Make(folder, ownerPath, self);
            }

            return new RunLock(stream, ownerPath);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Takes the lock for a moment, and waits for others who have it for as long.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="clock">As with <see cref="Take"/>.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="ScimStateException">Others have it all the time.</exception>
    public static RunLock TakeBriefly(string folder, IClock clock, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return Take(folder, clock, isBrief: true);
            }
            catch (ScimStateException exception) when (exception.ErrorId == StateErrors.LockedId && waited.Elapsed < patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Lets the next run in.</summary>
    public void Dispose()
    {
        TryDelete(_ownerPath);
        Release();
    }

    /// <summary>As above, in a folder that is to be deleted. Whoever waits for this lock makes a new one.</summary>
    public void DisposeForGood()
    {
        TryDelete(_ownerPath);

        // Unix lets a file go that somebody has; Windows does not, and it does not matter which of the two succeeds.
        TryDelete(_lock.Name);
        Release();
        if (Path.DirectorySeparatorChar == '\\')
        {
            TryDelete(_lock.Name);
        }
    }

    private void Release()
    {
        _lock.Dispose();
#if NETFRAMEWORK
        TakenHere.TryRemove(_lock.Name, out _);
#endif
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock is what counts; the next run replaces the file.
        }
    }

    private static FileStream? TryLock(string path, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException exception) when (Array.IndexOf(TakenErrors, exception.HResult & 0xFFFF) >= 0)
        {
            return null;
        }
    }

    /// <summary>Whether a file that is locked, as this one is now, cannot be locked again.</summary>
    private static bool DoLocksWork(string path)
    {
        using var second = TryLock(path, FileShare.None);
        return second is null;
    }

#if NETFRAMEWORK
    private static void Reserve(FileStream stream, string folder, string ownerPath)
    {
        try
        {
            stream.Lock(0, 1);
        }
        catch (IOException)
        {
            throw StateErrors.Locked(folder, RunOwner.Read(ownerPath));
        }
    }
#endif
}
