using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>How the results of the Pester suite become those of these tests.</summary>
public class PesterRunTests
{
    [Fact]
    public void Every_file_of_the_suite_is_a_test_of_its_own()
    {
        var files = Directory.GetFiles(Path.Combine(StagedModule.Repository, "tests", "Pester"), "*.Tests.ps1");
        Assert.Equal(files.Select(NameOf).Order(), ClassesOf<PesterFile>());
        var starting = files.Where(f => File.ReadAllText(f).Contains("-Tag ChildShell ", StringComparison.Ordinal))
            .Select(f => $"{NameOf(f)}OnProgram")
            .Order();
        Assert.NotEmpty(starting);
        Assert.Equal(starting, ClassesOf<PesterFileOnProgram>());
    }

    private static string NameOf(string file) => Path.GetFileName(file)[..^".Tests.ps1".Length];

    private static IEnumerable<string> ClassesOf<T>() => typeof(T).Assembly.GetTypes().Where(t => t.BaseType == typeof(T)).Select(t => t.Name).Order();

    [Fact]
    public void A_failed_test_is_told_by_name_and_message()
    {
        var result = XDocument.Parse("""
            <test-results><test-suite><results>
              <test-case name="users.lists" result="Success" success="True" />
              <test-case name="users.creates" result="Failure" success="False"><failure><message>Expected 1, but got 2.</message></failure></test-case>
              <test-case name="users.skips" executed="False" result="Ignored" success="False" />
            </results></test-suite></test-results>
            """);
        Assert.Equal("users.creates: Expected 1, but got 2.", PesterRun.Failures(result).Trim());
    }
}
