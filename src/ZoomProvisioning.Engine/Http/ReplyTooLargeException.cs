using System;
using System.Globalization;
using System.IO;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>A good reply had more bytes than anything Zoom can have to say, and was not read to its end.</summary>
internal sealed class ReplyTooLargeException : IOException
{
    public ReplyTooLargeException(long most)
        : base(string.Format(CultureInfo.InvariantCulture, "The reply has more than {0:N0} bytes, and was not read any further.", most))
    {
    }

    /// <summary>Whether an exception is what both frameworks say of a reply beyond a bound: they name the bound, each in its language.</summary>
    public static bool Is(Exception? exception, long most) =>
        exception is not null && (Words.Say(exception.Message, most.ToString(CultureInfo.InvariantCulture)) || Is(exception.InnerException, most));
}
