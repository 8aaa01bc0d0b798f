using System;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Cli.Running;

/// <summary>
/// A stream of the console that ends nothing: where a full disk takes no more of it, the rest is left out, and the work goes on.
/// What was done is more than what was said of it.
/// </summary>
internal sealed class EnduringWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why the rest could not be written; null when all of it was.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = exception.Message;
        }
    }
}
