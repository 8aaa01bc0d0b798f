using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Views;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>Runs a command and turns what ends it early into words and an exit code.</summary>
internal static class CommandRun
{
    public static async Task<int> RunAsync(IView view, Func<IView, Task<int>> run, CancellationToken stop)
    {
        using var unread = stop.Register(() =>
        {
            foreach (var stream in EnduringWriter.OfConsole)
            {
                stream.Stop();
            }
        });

        // System.CommandLine listens for Ctrl+C once the command has first given way.
        await Task.Yield();
        try
        {
            return await run(view).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            view.ShowError(ConsoleWords.Of(exception.Message), ConsoleWords.Of(exception.RecommendedAction));
            return ExitCode.Of(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            view.ShowError(VisibleText.OneLine(exception.Message), "Check the path and who may read it.");
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            view.ShowError(VisibleText.OneLine(ArgumentMessage.Of(exception)), null);
        }

        return ExitCode.Error;
    }
}
