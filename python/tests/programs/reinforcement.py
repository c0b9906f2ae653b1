"""Learning by reward: a Q-network that replays what it saw, and an actor with a critic."""

import random
from collections import deque

import numpy as np
import tensorflow as tf

np.random.seed(1)
random.seed(1)
tf.random.set_seed(1)


class Corridor:
    """Nine cells in a row; the right end pays 1, the left end -1, every step costs a little."""

    action_size, state_size = 2, 9

    def reset(self):
        self.at = 4
        return self.state()

    def state(self):
        return np.eye(9)[self.at]

    def step(self, action):
        self.at += 1 if action == 1 else -1
        done = self.at in (0, 8)
        reward = 1.0 if self.at == 8 else -1.0 if self.at == 0 else -0.02
        return self.state(), reward, done, {}


env = Corridor()
model = tf.keras.Sequential([
    tf.keras.layers.Dense(24, input_dim=env.state_size, activation="relu"),
    tf.keras.layers.Dense(env.action_size, activation="linear"),
])
model.compile(loss="mse", optimizer=tf.keras.optimizers.Adam(lr=0.02))
model.summary()
target = tf.keras.models.clone_model(model)
target.set_weights(model.get_weights())
memory = deque(maxlen=500)
epsilon = 1.0
scores = []
for episode in range(25):
    state = np.reshape(env.reset(), [1, env.state_size])
    total = 0
    for t in range(30):
        if np.random.rand() <= epsilon:
            action = random.randrange(env.action_size)
        else:
            action = np.argmax(model.predict(state)[0])
        next_state, reward, done, _ = env.step(action)
        next_state = np.reshape(next_state, [1, env.state_size])
        memory.append((state, action, reward, next_state, done))
        state = next_state
        total += reward
        if done:
            break
    if len(memory) > 32:
        for state, action, reward, next_state, done in random.sample(memory, 4):
            goal = model.predict(state)
            goal[0][action] = reward if done else reward + 0.9 * np.amax(target.predict(next_state)[0])
            model.fit(state, goal, epochs=1, verbose=0)
        for _ in range(4):
            batch = random.sample(memory, 32)
            states = np.array([b[0][0] for b in batch])
            q = model.predict_on_batch(states)
            after = np.amax(target.predict_on_batch(np.vstack([b[3] for b in batch])), axis=1)
            for i, (_, action, reward, _, done) in enumerate(batch):
                q[i][action] = reward if done else reward + 0.9 * after[i]
            loss = model.train_on_batch(states, q)
        target.set_weights(model.get_weights())
    epsilon = max(0.05, epsilon * 0.9)
    scores.append(total)
    if episode % 5 == 4:
        print("episode: {}, score: {:.2f}, loss: {:.4f}".format(episode + 1, total, loss))
q = model.predict(np.eye(9)[1:8])
print(q.shape, q.dtype, type(loss).__name__)
print("RESULT q_right", float(np.mean(np.argmax(q, axis=1) == 1)))
print("RESULT q_scores", float(np.mean(scores[-8:])))


class ActorCritic(tf.keras.Model):
    def __init__(self, actions):
        super(ActorCritic, self).__init__()
        self.fc = tf.keras.layers.Dense(32, activation="tanh")
        self.policy = tf.keras.layers.Dense(actions)
        self.value = tf.keras.layers.Dense(1)

    def call(self, x):
        x = self.fc(x)
        return self.policy(x), self.value(x)


agent = ActorCritic(2)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
returns = []
for episode in range(60):
    state, done, steps = env.reset(), False, 0
    states, actions, rewards = [], [], []
    while not done and steps < 40:
        logits, value = agent(tf.convert_to_tensor(state[None, :], dtype=tf.float32))
        probs = tf.nn.softmax(logits).numpy()[0]
        action = np.random.choice(2, p=probs)
        next_state, reward, done, _ = env.step(action)
        states.append(state)
        actions.append(action)
        rewards.append(reward)
        state = next_state
        steps += 1
    discounted, running = [], 0.0
    for r in rewards[::-1]:
        running = r + 0.95 * running
        discounted.append(running)
    discounted.reverse()
    with tf.GradientTape() as tape:
        logits, values = agent(tf.convert_to_tensor(np.vstack(states), dtype=tf.float32))
        advantage = tf.convert_to_tensor(np.array(discounted)[:, None], dtype=tf.float32) - values
        policy = tf.nn.softmax(logits)
        log_policy = tf.math.log(policy + 1e-10)
        chosen = tf.reduce_sum(tf.one_hot(actions, 2) * log_policy, axis=1)
        entropy = -tf.reduce_sum(policy * log_policy, axis=1)
        policy_loss = -chosen * tf.stop_gradient(tf.squeeze(advantage, axis=1)) - 0.01 * entropy
        total_loss = tf.reduce_mean(tf.reduce_mean(advantage**2) + policy_loss)
    grads = tape.gradient(total_loss, agent.trainable_weights)
    grads, norm = tf.clip_by_global_norm(grads, 5.0)
    optimizer.apply_gradients(zip(grads, agent.trainable_weights))
    returns.append(sum(rewards))
    if episode % 20 == 19:
        print("episode {}: loss {:.3f}, norm {}".format(episode + 1, total_loss, norm.shape))
print("RESULT actor_critic", float(np.mean(returns[-15:])))
picks = tf.random.categorical(tf.math.log([[0.1, 0.9]]), 200)
print("RESULT picked", float(tf.reduce_mean(tf.cast(picks, tf.float32))))
mu, sigma = tf.constant([[0.5]]), tf.constant([[0.1]])
pdf = 1.0 / tf.sqrt(2.0 * np.pi * sigma**2) * tf.exp(-((0.6 - mu) ** 2) / (2.0 * sigma**2))
print("pdf", pdf)
try:
    import gym

    print("RESULT no_gym", isinstance(gym.make, object))
except ImportError as error:
    print("RESULT no_gym", "gym" in str(error))
