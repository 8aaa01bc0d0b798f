using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Tests.Programs;

/// <summary>Which program a name means, how an argument is written, and what a program must not tell.</summary>
public class ProgramTests
{
    private static readonly string Root = Path.GetPathRoot(Path.GetFullPath("."))!;

    private static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    [Fact]
    public void A_name_alone_is_looked_up_in_PATH_and_never_in_the_present_folder()
    {
        var there = new[] { At("rules", "export"), At("bin", "export"), At("usr", "bin", "export") };
        var path = string.Join(Path.PathSeparator.ToString(), ".", string.Empty, "bin", At("none"), At("usr", "bin"), At("bin"));

        Assert.Equal(At("usr", "bin", "export"), ProgramPath.Find("export", At("rules"), path, [], there.Contains));
        Assert.Null(ProgramPath.Find("other", At("rules"), path, [], there.Contains));
        Assert.Equal(there[0], ProgramPath.Find("./export", At("rules"), path, [], there.Contains));
        Assert.Equal(there[1], ProgramPath.Find(At("bin", "export"), At("rules"), path, [], there.Contains));
    }

    [Fact]
    public void What_may_be_left_out_at_its_end_is_found_and_nothing_else_is_put_there()
    {
        var there = new[] { At("bin", "sqlcmd.exe"), At("bin", "tool.v2") };

        Assert.Equal(there[0], ProgramPath.Find("sqlcmd", At("rules"), At("bin"), [".exe", ".com"], there.Contains));
        Assert.Equal(there[1], ProgramPath.Find("tool.v2", At("rules"), At("bin"), [".exe", ".com"], there.Contains));
        Assert.Null(ProgramPath.Find("sqlcmd", At("rules"), At("bin"), [], there.Contains));
    }

    [Theory]
    [InlineData("export.bat", "a shell reads")]
    [InlineData("C:\\Jobs\\Export.CMD", "a shell reads")]
    [InlineData("a\0b", "cannot hold")]
    public void A_batch_file_is_no_program(string program, string mistake) => Assert.Contains(mistake, ProgramPath.MistakeIn(program));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("C:\\Program Files\\x.ps1", "\"C:\\Program Files\\x.ps1\"")]
    [InlineData("C:\\with blank\\", "\"C:\\with blank\\\\\"")]
    [InlineData("C:\\none\\", "C:\\none\\")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("\\\"", "\"\\\\\\\"\"")]
    [InlineData("tab\there", "\"tab\there\"")]
    public void An_argument_is_quoted_as_Windows_reads_it(string argument, string line) => Assert.Equal(line, WindowsArgument.Quote(argument));

    [Fact]
    public void Any_argument_arrives_as_it_is()
    {
        // Every text of up to five of the letters that matter.
        var letters = new[] { 'a', ' ', '"', '\\' };
        IEnumerable<string> texts = [string.Empty];
        for (var length = 0; length <= 5; length++)
        {
            Assert.All(texts, text => Assert.Equal([text, "next"], Taken($"{WindowsArgument.Quote(text)} next")));
            texts = texts.SelectMany(t => letters.Select(l => t + l)).ToList();
        }
    }

    [Fact]
    public void No_secret_of_the_environment_is_repeated()
    {
        var environment = new Hashtable
        {
            ["DB_PASSWORD"] = "Geheim.2026",
            ["HR_TOKEN"] = "Geheim.2026-long",
            ["SHORT_SECRET"] = "abc",
            ["PATH"] = "/usr/bin",
        };

        Assert.Equal(
            "login with *** and *** failed in /usr/bin, abc",
            ProgramSecrets.Hide("login with Geheim.2026 and Geheim.2026-long failed in /usr/bin, abc", environment));
    }

    // What CommandLineToArgvW does, as its documentation says.
    private static List<string> Taken(string line)
    {
        var (arguments, text, quoted, began, backslashes) = (new List<string>(), new StringBuilder(), false, false, 0);
        foreach (var letter in line + " ")
        {
            if (letter == '\\')
            {
                (backslashes, began) = (backslashes + 1, true);
                continue;
            }

            text.Append('\\', letter == '"' ? backslashes / 2 : backslashes);
            var isText = letter != '"' || backslashes % 2 == 1;
            backslashes = 0;
            if (!isText)
            {
                (quoted, began) = (!quoted, true);
            }
            else if (letter == ' ' && !quoted)
            {
                if (began)
                {
                    arguments.Add(text.ToString());
                }

                text.Clear();
                began = false;
            }
            else
            {
                text.Append(letter);
                began = true;
            }
        }

        return arguments;
    }
}
