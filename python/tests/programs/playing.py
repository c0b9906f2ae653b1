"""A cart with a pole: networks that predict in a loop, learn step by step, and learn by rewards."""

import random
from collections import deque

import numpy as np
import tensorflow as tf

random.seed(0)
np.random.seed(0)
tf.random.set_seed(0)


class Cart:
    """The pole on a cart, with the usual equations."""

    def reset(self):
        self.state = np.random.uniform(-0.05, 0.05, 4)
        self.steps = 0
        return self.state

    def step(self, action):
        x, v, angle, turn = self.state
        force = 10.0 if action == 1 else -10.0
        cos, sin = np.cos(angle), np.sin(angle)
        t = (force + 0.05 * turn ** 2 * sin) / 1.1
        acc = (9.8 * sin - cos * t) / (0.5 * (4 / 3 - 0.1 * cos ** 2 / 1.1))
        push = t - 0.05 * acc * cos / 1.1
        self.state = np.array([x + 0.02 * v, v + 0.02 * push, angle + 0.02 * turn, turn + 0.02 * acc])
        self.steps += 1
        done = bool(abs(self.state[0]) > 2.4 or abs(self.state[2]) > 0.2095 or self.steps >= 200)
        return self.state, 1.0, done, {}


env = Cart()
training_data, accepted = [], []
for _ in range(400):
    score, memory, state = 0, [], env.reset()
    while True:
        action = random.randrange(0, 2)
        memory.append((state, action))
        state, reward, done, info = env.step(action)
        score += reward
        if done:
            break
    if score >= 30:
        accepted.append(score)
        training_data.extend([[s, tf.keras.utils.to_categorical(a, 2)] for s, a in memory])
print(len(accepted), np.mean(accepted))
train_X = np.array([i[0] for i in training_data]).reshape(-1, 4)
train_Y = np.array([i[1] for i in training_data]).reshape(-1, 2)
model = tf.keras.models.Sequential([
    tf.keras.layers.Dense(32, input_shape=(4,), activation='relu'),
    tf.keras.layers.Dropout(0.4),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(2, activation='softmax'),
])
model.compile(loss='categorical_crossentropy', optimizer=tf.optimizers.Adam())
history = model.fit(train_X, train_Y, batch_size=32, epochs=15, validation_split=0.2, verbose=0)
print('RESULT policy', history.history['loss'][-1])
scores = []
for _ in range(3):
    state, score = env.reset(), 0
    while True:
        action = np.argmax(model.predict(state.reshape(1, 4)))
        state, reward, done, info = env.step(action)
        score += reward
        if done:
            break
    scores.append(score)
print(scores)
print('RESULT balanced', np.mean(scores))

# Values of actions, learned from memories.
model = tf.keras.Sequential([
    tf.keras.layers.Dense(24, activation='relu', input_dim=4),
    tf.keras.layers.Dense(24, activation='relu'),
    tf.keras.layers.Dense(2),
])
model.compile(loss='mse', optimizer=tf.keras.optimizers.Adam(lr=0.001))
target_model = tf.keras.models.clone_model(model)
target_model.set_weights(model.get_weights())
memory = deque(maxlen=2000)
epsilon, gamma, score_list = 1.0, 0.95, []
for episode in range(6):
    state, score = env.reset().reshape(1, 4), 0
    for t in range(60):
        action = random.randrange(2) if np.random.rand() <= epsilon else int(np.argmax(model.predict(state)[0]))
        new, reward, done, info = env.step(action)
        new = new.reshape(1, 4)
        memory.append((state, action, reward, new, done))
        state = new
        score += reward
        if done:
            break
    score_list.append(score)
    if len(memory) > 32:
        minibatch = random.sample(memory, 32)
        states = np.vstack([m[0] for m in minibatch])
        targets = model.predict(states)
        future = target_model.predict(np.vstack([m[3] for m in minibatch]))
        for i, (_, a, r, _, d) in enumerate(minibatch):
            targets[i, a] = r if d else r + gamma * np.amax(future[i])
        model.fit(states, targets, epochs=1, verbose=0)
        loss = model.train_on_batch(states, targets)
        epsilon = max(epsilon * 0.9, 0.1)
    target_model.set_weights(model.get_weights())
print('RESULT values', loss)
print(type(loss), np.shape(loss), len(score_list))

# A policy by its gradient, with a tape.
actor = tf.keras.Sequential([tf.keras.layers.Dense(16, activation='relu', input_shape=(4,)),
                             tf.keras.layers.Dense(2)])
optimizer = tf.keras.optimizers.Adam(0.01)
for episode in range(4):
    state, rows, actions, rewards = env.reset(), [], [], []
    for t in range(100):
        logits = actor(state.reshape(1, 4).astype('float32'))
        action = int(tf.random.categorical(logits, 1)[0, 0])
        rows.append(state)
        actions.append(action)
        state, reward, done, info = env.step(action)
        rewards.append(reward)
        if done:
            break
    returns = np.cumsum(rewards[::-1])[::-1].astype('float32')
    returns = (returns - returns.mean()) / (returns.std() + 1e-8)
    with tf.GradientTape() as tape:
        logits = actor(np.array(rows, dtype='float32'))
        neg_log = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=logits)
        loss = tf.reduce_mean(neg_log * returns)
    grads = tape.gradient(loss, actor.trainable_variables)
    optimizer.apply_gradients(zip(grads, actor.trainable_variables))
print('RESULT actor', bool(np.isfinite(loss.numpy())))
