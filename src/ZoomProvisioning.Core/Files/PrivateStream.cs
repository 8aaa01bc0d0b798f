using System;
using System.IO;
using System.Reflection;

namespace ZoomProvisioning.Files;

/// <summary>
/// Opens files that are their owner's alone from their first moment on. One that is made as files are made and narrowed afterwards can
/// be opened by others in between, who then read whatever is written to it.
/// </summary>
internal static class PrivateStream
{
    // In .NET since 7. Without it the mode is narrowed when the file is there already.
    private static readonly Type? Options = typeof(FileStream).Assembly.GetType("System.IO.FileStreamOptions");
    private static readonly PropertyInfo? CreateMode = Options?.GetProperty("UnixCreateMode");
    private static readonly ConstructorInfo? Open_ = CreateMode is null ? null : typeof(FileStream).GetConstructor([typeof(string), Options!]);

    /// <summary>Opens one, and makes it where the mode says so. One that is there keeps its mode.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 4096)
    {
        if (Open_ is null || Path.DirectorySeparatorChar == '\\')
        {
            return new FileStream(path, mode, access, share, bufferSize);
        }

        var options = Activator.CreateInstance(Options!);
        Set("Mode", mode);
        Set("Access", access);
        Set("Share", share);
        Set("BufferSize", bufferSize);
        CreateMode!.SetValue(options, Enum.ToObject(Nullable.GetUnderlyingType(CreateMode.PropertyType)!, PrivateFiles.OwnerReadsAndWrites));
        try
        {
            return (FileStream)Open_.Invoke([path, options]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(cause).Throw();
            throw;
        }

        void Set(string name, object value) => Options!.GetProperty(name)!.SetValue(options, value);
    }
}
