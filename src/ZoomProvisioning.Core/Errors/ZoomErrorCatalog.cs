using System;

namespace ZoomProvisioning;

/// <summary>Turns Zoom's words into an error with a stable id, a category and advice.</summary>
public static class ZoomErrorCatalog
{
    /// <summary>The error a failed reply stands for. Zoom's status codes are ambiguous, so its words decide first.</summary>
    public static ScimException ToException(ZoomErrorReply reply) =>
        throw new NotSupportedException(reply.Text);
}
