using Xunit;
using ZoomProvisioning.Hosting;

namespace ZoomProvisioning.Module.Tests;

/// <summary>Where progress is a bar, and where it is a line a minute.</summary>
public class AttendanceTests
{
    [Fact]
    public void A_console_that_somebody_sits_at_is_attended() => Assert.True(Console("pwsh", "-NoProfile").IsAttended("ConsoleHost"));

    [Theory]
    [InlineData("-NonInteractive")]
    [InlineData("-noninteractive")]
    [InlineData("-NonI")]
    [InlineData("--noninteractive")]
    [InlineData("/NonInteractive")]
    public void A_console_that_was_told_not_to_ask_is_not(string argument) =>
        Assert.False(Console("pwsh", "-NoProfile", argument, "-File", "run.ps1").IsAttended("ConsoleHost"));

    [Theory]
    [InlineData("-NoLogo")]
    [InlineData("-NoExit")]
    [InlineData("-Non")]
    [InlineData("noninteractive")]
    public void Other_words_mean_nothing(string argument) => Assert.True(Console("pwsh", argument).IsAttended("ConsoleHost"));

    [Fact]
    public void The_programs_own_name_is_no_argument() => Assert.True(Console("-noninteractive").IsAttended("ConsoleHost"));

    [Fact]
    public void Output_that_is_kept_is_read_later() => Assert.False(new Attendance { OutputIsKept = true }.IsAttended("ConsoleHost"));

    [Fact]
    public void A_service_has_nobody_before_it() => Assert.False(new Attendance { HasUser = false }.IsAttended("ConsoleHost"));

    [Theory]
    [InlineData("Visual Studio Code Host")]
    [InlineData("ServerRemoteHost")]
    [InlineData("Default Host")]
    public void An_editor_a_job_and_a_remote_session_show_progress_themselves(string host) =>
        Assert.True(new Attendance { OutputIsKept = true, HasUser = false, CommandLine = ["pwsh", "-NonInteractive"] }.IsAttended(host));

    [Fact]
    public void Azure_Automation_keeps_a_log() =>
        Assert.False(new Attendance { Variable = name => name == "AZUREPS_HOST_ENVIRONMENT" ? "AzureAutomation/5.1" : null }.IsAttended("Default Host"));

    private static Attendance Console(params string[] commandLine) => new() { CommandLine = commandLine };
}
