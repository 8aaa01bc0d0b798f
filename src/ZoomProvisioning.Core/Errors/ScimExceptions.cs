using System;

namespace ZoomProvisioning;

/// <summary>The sign-in failed: wrong credentials, an app that is not activated, a token that is no longer accepted.</summary>
public sealed class ScimAuthenticationException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>Signed in, but not allowed: a scope or a role permission is missing.</summary>
public sealed class ScimPermissionException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>The user or group does not exist.</summary>
public sealed class ScimNotFoundException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>The address or name is taken.</summary>
public sealed class ScimConflictException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>No licence, seat or plan is left for this.</summary>
public sealed class ScimSeatsException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>The user's state forbids it: inactive, pending, of another account, an admin, a Zoom Room.</summary>
public sealed class ScimUserStateException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>Zoom's rate limit, for longer than is worth waiting.</summary>
public sealed class ScimRateLimitException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>Zoom did not understand the request, or the account is not set up for it.</summary>
public sealed class ScimBadRequestException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>Zoom's servers failed, or answered what no client can read.</summary>
public sealed class ScimServerException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>Zoom could not be reached.</summary>
public sealed class ScimConnectionException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>A source record cannot be provisioned as it is. Nothing was sent for it.</summary>
public sealed class ScimRecordException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>The connection does not allow it: not connected, switched off, or its test has not passed.</summary>
public sealed class ScimNotConnectedException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>What a rule keeps on disk, or a saved plan, cannot be used: locked, damaged, or of another account.</summary>
public sealed class ScimStateException(string errorId, string message, Exception? inner = null) : ScimException(errorId, message, inner);

/// <summary>The call was stopped before its request reached the socket. Nothing happened in Zoom; it is safe to repeat.</summary>
public sealed class ScimNotSentException : ScimException
{
    /// <summary>Makes one; what was not sent can be run again.</summary>
    public ScimNotSentException(string message, Exception? inner = null)
        : base("Zoom.Call.NotSent", message, inner)
    {
        Category = "OperationStopped";
        RecommendedAction = "It is safe to run it again.";
    }
}

/// <summary>Zoom did something else with earlier requests of this kind than it was asked for, so this one was not sent.</summary>
public sealed class ScimWithheldException(string message) : ScimException("Zoom.Write.Withheld", message);

/// <summary>Zoom answered that it was done, and shows that it was not, or that more was done than was asked for.</summary>
public sealed class ScimNotAppliedException : ScimException
{
    internal ScimNotAppliedException(string errorId, string message, ScimUser? before, ScimUser shown)
        : base(errorId, message)
    {
        Category = "InvalidResult";
        Before = before;
        Shown = shown;
    }

    /// <summary>The user as it was before the request, as far as it is known.</summary>
    internal ScimUser? Before { get; }

    /// <summary>The user as Zoom shows it.</summary>
    internal ScimUser Shown { get; }

    /// <summary>What nobody sent and Zoom shows no more.</summary>
    internal System.Collections.Generic.IReadOnlyList<ZoomAttribute> Lost { get; init; } = [];
}

/// <summary>The request was sent and no reply was read. Zoom may or may not have carried it out: look before repeating.</summary>
public sealed class ScimOutcomeUnknownException(string message, Exception? inner = null) : ScimException("Zoom.Call.OutcomeUnknown", message, inner);
