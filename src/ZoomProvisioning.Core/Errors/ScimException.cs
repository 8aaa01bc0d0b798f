using System;

namespace ZoomProvisioning;

/// <summary>
/// Something Zoom refused, or that went wrong on the way. The message reads: what happened, to whom, Zoom's words.
/// </summary>
public class ScimException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">A stable id such as <c>Zoom.User.AlreadyExists</c>.</param>
    /// <param name="message">What happened, for a person; what would do something to a terminal is shown by its code point.</param>
    /// <param name="inner">What caused it.</param>
    public ScimException(string errorId, string message, Exception? inner = null)
        : this(errorId, inner, VisibleText.OneLine(message, VisibleText.MostOfLine))
    {
    }

    /// <summary>Makes an error whose message may have several lines, each of which is harmless already.</summary>
    private protected ScimException(string errorId, Exception? inner, string shown)
        : base(shown, inner) => ErrorId = errorId;

    /// <summary>A stable id: <c>Zoom.&lt;noun&gt;.&lt;reason&gt;</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of failure, by the names of PowerShell's ErrorCategory.</summary>
    public string Category { get; set; } = "NotSpecified";

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; set; } = string.Empty;

    /// <summary>The HTTP status; null when no reply arrived.</summary>
    public int? Status { get; set; }

    /// <summary>
    /// Zoom's own words, up to 2,000 characters, with whatever would not be seen or
    /// would do something to a terminal shown by its code point.
    /// </summary>
    public string? ZoomMessage { get; set; }

    /// <summary>Zoom's numeric or OAuth error code, as text.</summary>
    public string? ZoomCode { get; set; }

    /// <summary>Zoom's <c>x-zm-trackingid</c>, which its support asks for.</summary>
    public string? TrackingId { get; set; }

    /// <summary>Whether the user had been created when it happened, so that it must not read as if nothing had been.</summary>
    internal bool UserExists { get; set; }

    /// <summary>How long Zoom asked to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }
}
