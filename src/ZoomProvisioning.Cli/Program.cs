using System.CommandLine;
using System.Text;
using ZoomProvisioning.Cli.Commands;

// Names of people come in every script there is.
System.Console.OutputEncoding = new UTF8Encoding(false);

var root = new RootCommand("Keeps Zoom users in step with your own directory, over Zoom's SCIM2 API.")
{
    TestCommand.Create(),
    SyncCommand.CreatePlan(),
    SyncCommand.CreateSync(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
