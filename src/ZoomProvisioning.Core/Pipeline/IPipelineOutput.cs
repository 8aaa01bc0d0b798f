namespace ZoomProvisioning.Pipeline;

/// <summary>The streams of a cmdlet. Called on the pipeline thread only; any call may throw to end the pipeline.</summary>
public interface IPipelineOutput
{
    /// <summary>Whether the command is being stopped, so that nothing is taken any more.</summary>
    bool IsStopping { get; }

    /// <summary>Whether <see cref="WriteDebug"/> shows anything.</summary>
    bool WantsDebug { get; }

    /// <summary>Writes an object.</summary>
    void WriteObject(object value);

    /// <summary>Reports a record that failed; the others go on.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="label">What to call the record.</param>
    /// <param name="target">The record it happened to.</param>
    void WriteError(ScimException error, string label, object? target);

    /// <summary>Says something the admin should see.</summary>
    void WriteWarning(string message);

    /// <summary>Tells the story.</summary>
    void WriteVerbose(string message);

    /// <summary>Shows the redacted wire.</summary>
    void WriteDebug(string message);

    /// <summary>Asks -WhatIf and -Confirm.</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>Asks about a removal as of something of high impact, whatever else the command does: -WhatIf, -Confirm and the preference hold.</summary>
    bool ConfirmRemoval(string target, string action);

    /// <summary>Shows how far it is. Comes several times a second.</summary>
    void ShowProgress(ProgressReport progress);
}
