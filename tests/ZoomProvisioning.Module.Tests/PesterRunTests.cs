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
        var files = Directory.GetFiles(Path.Combine(
            StagedModule.Repository, "tests", "Pester"), "*.Tests.ps1").Select(f => Path.GetFileName(f)[..^".Tests.ps1".Length]);
        Assert.Equal(files.Order(), typeof(PesterFile).Assembly.GetTypes().Where(t => t.BaseType == typeof(PesterFile)).Select(t => t.Name).Order());
    }

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
