using System.IO;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Files;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.State;

/// <summary>
/// Has a rule's folder while it is moved or deleted. The lock goes last: a run that comes between finds a folder that is whole, or
/// none, and never half of one.
/// </summary>
internal sealed class HeldFolder(string folder, IClock clock) : IHeldFolder
{
    private readonly RunLock _lock = RunLock.Take(folder, clock);
    private bool _isEmptied;

    /// <inheritdoc/>
    public void MoveTo(string target)
    {
        PrivateFiles.MakeFolder(Path.GetFullPath(target));
        foreach (var path in Contents())
        {
            Directory.Move(path, Path.Combine(target, Path.GetFileName(path)));
        }

        _isEmptied = true;
    }

    /// <inheritdoc/>
    public void Delete()
    {
        foreach (var path in Contents())
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        _isEmptied = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isEmptied)
        {
            _lock.Dispose();
            return;
        }

        _lock.DisposeForGood();
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // A run has begun anew in it.
        }
    }

    private string[] Contents() => Directory.GetFileSystemEntries(folder).Where(p => !RunLock.IsOwn(Path.GetFileName(p))).ToArray();
}
