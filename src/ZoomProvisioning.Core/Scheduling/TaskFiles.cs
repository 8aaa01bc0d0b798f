using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Scheduling;

/// <summary>The files of a task on the disk. What was not registered leaves none that look as if it were.</summary>
internal sealed class TaskFiles
{
    private readonly Dictionary<string, byte[]?> _before = [];

    /// <summary>Writes a file, and keeps what stood there.</summary>
    /// <exception cref="ScimStateException">It cannot be written.</exception>
    public void Write(TaskFile file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            var before = File.Exists(file.Path) ? File.ReadAllBytes(file.Path) : null;
            if (!_before.ContainsKey(file.Path))
            {
                _before[file.Path] = before;
            }

            // With the mark of its encoding, without which schtasks takes it for ANSI.
            File.WriteAllText(file.Path, file.Text, file.IsWide ? Encoding.Unicode : new UTF8Encoding(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TaskPlanner.NotRegistered($"'{file.Path}' cannot be written: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    /// <summary>Puts everything back as it was.</summary>
    /// <returns>What could not be, each with the reason.</returns>
    public IReadOnlyList<string> Restore()
    {
        var left = new List<string>();
        foreach (var file in _before)
        {
            try
            {
                if (file.Value is { } bytes)
                {
                    File.WriteAllBytes(file.Key, bytes);
                }
                else
                {
                    File.Delete(file.Key);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                left.Add($"'{file.Key}' was left behind: {exception.Message}");
            }
        }

        _before.Clear();
        return left;
    }
}
