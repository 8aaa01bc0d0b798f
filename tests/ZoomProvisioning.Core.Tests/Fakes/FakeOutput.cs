using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests;

/// <summary>A cmdlet's streams, which remember what was said and complain about any other thread than their own.</summary>
internal sealed class FakeOutput : IPipelineOutput
{
    private readonly Thread _thread = Thread.CurrentThread;

    public List<string> Lines { get; } = [];

    public List<object> Objects { get; } = [];

    public List<ScimException> Errors { get; } = [];

    public List<ProgressReport> Progress { get; } = [];

    public List<string> Questions { get; } = [];

    /// <summary>Runs with every line, before the write returns; may throw, as a pipeline that ends does.</summary>
    public Action<string>? OnLine { get; set; }

    /// <summary>Runs while progress is drawn.</summary>
    public Action? OnProgress { get; set; }

    public Func<string, bool> Answer { get; set; } = _ => true;

    public IEnumerable<string> Names => Objects.OfType<ChangeResult>().Select(r => r.UserName);

    public bool IsStopping { get; set; }

    public bool WantsDebug { get; set; } = true;

    public void WriteObject(object value)
    {
        Objects.Add(value);
        Say($"object {(value is ChangeResult result ? result.UserName : value)}");
    }

    public void WriteError(ScimException error, string label, object? target)
    {
        Errors.Add(error);
        Say($"error {label}");
    }

    public void WriteWarning(string message) => Say($"warning {message}");

    public void WriteVerbose(string message) => Say($"verbose {message}");

    public void WriteDebug(string message) => Say($"debug {message}");

    public bool ShouldProcess(string target, string action)
    {
        CheckThread();
        Questions.Add(target);
        return Answer(target);
    }

    public bool ConfirmRemoval(string target, string action) => ShouldProcess($"removal of {target}", action);

    public void ShowProgress(ProgressReport progress)
    {
        CheckThread();
        Progress.Add(progress);
        OnProgress?.Invoke();
    }

    private void Say(string line)
    {
        CheckThread();
        Lines.Add(line);
        OnLine?.Invoke(line);
    }

    private void CheckThread()
    {
        if (Thread.CurrentThread != _thread)
        {
            throw new InvalidOperationException("PowerShell's streams were used on another thread.");
        }
    }
}
