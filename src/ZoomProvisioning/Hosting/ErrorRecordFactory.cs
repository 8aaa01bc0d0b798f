using System;
using System.Management.Automation;

namespace ZoomProvisioning.Hosting;

/// <summary>Makes every ErrorRecord of the module: stable id, category, target, advice.</summary>
internal static class ErrorRecordFactory
{
    /// <summary>Makes the record of an error.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="label">Whom it happened to; null when the message says so already.</param>
    /// <param name="target">The record it happened to.</param>
    public static ErrorRecord From(ScimException error, string? label, object? target)
    {
        var category = Enum.TryParse<ErrorCategory>(error.Category, out var known) ? known : ErrorCategory.NotSpecified;
        var who = ViewText.Line(label);
        var message = who is null || error.Message.IndexOf(who, StringComparison.OrdinalIgnoreCase) >= 0 ? error.Message : $"{who}: {error.Message}";
        var record = new ErrorRecord(error, error.ErrorId, category, target)
        {
            // PowerShell shows the advice only when ErrorDetails carries it.
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = ViewText.Line(error.RecommendedAction) },
        };
        // The older view of errors prints what the target says of itself.
        record.CategoryInfo.TargetName = ViewText.Line(record.CategoryInfo.TargetName);
        return record;
    }
}
