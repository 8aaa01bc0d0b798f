using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace ZoomProvisioning.Pipeline;

/// <summary>What the records of a lane ask, to be answered on the pipeline thread, where alone somebody can be asked.</summary>
internal sealed class LaneQuestions
{
    private readonly ConcurrentQueue<Question> _questions = new();

    /// <summary>Puts a question. On any thread.</summary>
    public Task<bool> AskAsync(Func<IPipelineOutput, bool> ask)
    {
        var question = new Question(ask);
        _questions.Enqueue(question);
        return question.Answer.Task;
    }

    /// <summary>Has the questions answered that were put until now. On the pipeline thread.</summary>
    /// <param name="output">Whom to ask.</param>
    /// <param name="writeBefore">Writes what led to a question, to be read before it.</param>
    public void Answer(IPipelineOutput output, Action writeBefore)
    {
        while (_questions.TryDequeue(out var question))
        {
            writeBefore();
            try
            {
                question.Answer.TrySetResult(question.Ask(output));
            }
            catch
            {
                // The prompt was stopped: the record was not sent, and the pipeline ends with this very exception.
                question.Refuse();
                throw;
            }
        }
    }

    /// <summary>Answers whoever waits that the command was stopped.</summary>
    public void Refuse()
    {
        while (_questions.TryDequeue(out var question))
        {
            question.Refuse();
        }
    }

    private sealed class Question(Func<IPipelineOutput, bool> ask)
    {
        public Func<IPipelineOutput, bool> Ask { get; } = ask;

        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Refuse() => Answer.TrySetException(new ScimNotSentException("The command was stopped before the change was allowed."));
    }
}
