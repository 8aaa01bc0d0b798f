using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Scheduling;

namespace ZoomProvisioning.Tests.Scheduling;

/// <summary>What a task leaves on the disk.</summary>
public sealed class TaskFilesTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "zoomprov-test-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Files_are_written_into_folders_that_are_made_for_them_and_wide_ones_say_so()
    {
        var (narrow, wide) = (Path.Combine(_folder, "user", "a.timer"), Path.Combine(_folder, "a.xml"));
        var files = new TaskFiles();
        files.Write(new TaskFile(narrow, "[Timer]\n"));
        files.Write(new TaskFile(wide, "<Task/>", IsWide: true));

        Assert.Equal("[Timer]\n", File.ReadAllText(narrow));
        Assert.Equal((byte)'[', File.ReadAllBytes(narrow)[0]);
        Assert.Equal([0xFF, 0xFE], File.ReadAllBytes(wide).Take(2));
    }

    [Fact]
    public void What_was_there_comes_back_and_what_was_not_is_gone()
    {
        var (there, made) = (Path.Combine(_folder, "there"), Path.Combine(_folder, "made"));
        Directory.CreateDirectory(_folder);
        File.WriteAllText(there, "before");
        var files = new TaskFiles();
        files.Write(new TaskFile(there, "once"));
        files.Write(new TaskFile(there, "twice"));
        files.Write(new TaskFile(made, "new"));

        Assert.Empty(files.Restore());
        Assert.Equal("before", File.ReadAllText(there));
        Assert.False(File.Exists(made));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_told_with_its_path_and_one_that_stays_behind_too()
    {
        Directory.CreateDirectory(_folder);
        var (file, behind) = (Path.Combine(_folder, "file"), Path.Combine(_folder, "behind"));
        File.WriteAllText(file, string.Empty);
        var files = new TaskFiles();
        files.Write(new TaskFile(behind, "x"));
        var error = Assert.Throws<ScimStateException>(() => files.Write(new TaskFile(Path.Combine(file, "below"), "x")));
        Assert.Equal("Zoom.Task.NotRegistered", error.ErrorId);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);

        // A folder has taken its place.
        File.Delete(behind);
        Directory.CreateDirectory(Path.Combine(behind, "full"));
        Assert.StartsWith($"'{behind}' was left behind: ", Assert.Single(files.Restore()), StringComparison.Ordinal);
    }
}
