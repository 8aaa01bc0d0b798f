using System;

namespace ZoomProvisioning;

/// <summary>What an argument's exception says to whoever did not call the method.</summary>
internal static class ArgumentMessage
{
    /// <summary>The message without the name of the parameter of some method, which .NET adds and nobody at a prompt knows.</summary>
    public static string Of(Exception exception)
    {
        var message = exception.Message;
        var added = exception is ArgumentException { ParamName: { Length: > 0 } name } ? message.LastIndexOf(name, StringComparison.Ordinal) : -1;
        var end = added < 0 ? -1 : Math.Max(message.LastIndexOf(" (", added, StringComparison.Ordinal), message.LastIndexOf('\n', added));
        return end > 0 ? message.Substring(0, end).TrimEnd() : message;
    }
}
