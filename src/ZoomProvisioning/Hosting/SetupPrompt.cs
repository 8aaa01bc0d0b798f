using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using ZoomProvisioning.Session;
using ZoomProvisioning.Setup;

namespace ZoomProvisioning.Hosting;

/// <summary>Asks in a terminal, and nowhere else: there the proposal is the answer.</summary>
internal static class SetupPrompt
{
    public static int Ask(PSHost host, SetupQuestion question)
    {
        if (!HostInteraction.CanAsk)
        {
            return question.Default;
        }

        var choices = new Collection<ChoiceDescription>(question.Choices.Select((c, i) => new ChoiceDescription(
            // A key for each: numbers, since columns begin with the same letters.
            i < 9 ? $"&{i + 1} {ViewText.Line(c.Label)}" : ViewText.Line(c.Label), ViewText.Line(c.Help))).ToList());
        try
        {
            return host.UI.PromptForChoice(ViewText.Line(question.Title), ViewText.Of(question.Text), choices, question.Default);
        }
        // A job or an editor without a prompt.
        catch (Exception exception) when (exception is HostException or NotImplementedException or PSNotSupportedException or PSInvalidOperationException)
        {
            return question.Default;
        }
    }
}

/// <summary>Answers questions: those that parameters have answered are not asked.</summary>
internal sealed class SetupAnswers(Func<SetupQuestion, int> ask, bool hasAnchor, bool hasDates)
{
    public int Answer(SetupQuestion question) =>
        (hasAnchor && question.Title == "Anchor") || (hasDates && question.Title == "Dates") ? question.Default : ask(question);
}
