using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using CsvHelper;
using ZoomProvisioning.Cli.Running;
using ZoomProvisioning.Cli.Views;

namespace ZoomProvisioning.Cli.Commands;

/// <summary>Runs a command and turns what ends it early into words and an exit code.</summary>
internal static class CommandRun
{
    public static async Task<int> RunAsync(IView view, Func<IView, Task<int>> run)
    {
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
            view.ShowError(exception.Message, "Check the path and who may read it.");
        }
        catch (DecoderFallbackException)
        {
            view.ShowError("The source file is not UTF-8.", "Save it as 'CSV UTF-8' in Excel, or with Export-Csv -Encoding utf8.");
        }
        catch (CsvHelperException exception)
        {
            view.ShowError($"The source file is not proper CSV at line {exception.Context?.Parser?.RawRow}: a quote is not closed, or stands inside a cell without being doubled.", "Mend that line. Nothing was sent to Zoom, because what follows it cannot be trusted.");
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            view.ShowError(exception.Message, null);
        }

        return ExitCode.Error;
    }
}
